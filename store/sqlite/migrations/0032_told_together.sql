-- The incident of another system that began with it for a declared common cause.
alter table incident add column cause text;
create index incident_by_cause on incident (cause) where cause is not null;

-- With what a delivery may be told in one message, until when such ones wait for each other, and
-- the delivery by whose message it is told.
alter table delivery add column digest text;
alter table delivery add column digest_until integer;
alter table delivery add column told_with text;
create index delivery_by_digest on delivery (recipient, channel, digest) where status = 'pending';
create index delivery_by_wait on delivery (recipient, digest, digest_until)
  where digest_until is not null;
create index delivery_told_with on delivery (told_with) where told_with is not null;
