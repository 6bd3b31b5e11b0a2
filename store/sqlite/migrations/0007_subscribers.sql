-- A notice tells of more than incidents, and remembers how far its fan-out has come. Both tables are made anew because
-- deliveries refer to notices.
create table delivery_before as select * from delivery;
create table notice_before as select * from notice;
drop table delivery;
drop table notice;

-- ref is the id of what kind tells of: an incident, a maintenance, a subscriber, an alert. Subscribers up to
-- fan_out_cursor have their delivery; null: nobody has one yet.
create table notice (
  id text primary key,
  kind text not null,
  ref text not null,
  update_id text,
  created_at integer not null,
  fan_out_cursor text,
  fanned_out_at integer
) strict;

insert into notice (id, kind, ref, update_id, created_at, fanned_out_at)
select id, kind, incident, incident_update, created_at, fanned_out_at from notice_before;
drop table notice_before;

create index notice_fanned_out_at on notice (fanned_out_at, created_at);
create index notice_ref on notice (ref);

-- due_at is when it may be tried; a claim moves it to the end of the lease.
create table delivery (
  id text primary key,
  notice text not null references notice (id),
  recipient text not null,
  channel text not null,
  status text not null,
  attempts integer not null,
  due_at integer not null,
  settled_at integer,
  error text,
  unique (notice, recipient, channel)
) strict;

insert into delivery (id, notice, recipient, channel, status, attempts, due_at, settled_at, error)
select id, notice, recipient, channel, status, attempts, due_at, settled_at, error from delivery_before;
drop table delivery_before;

create index delivery_status on delivery (status, due_at, id);
create index delivery_recipient on delivery (recipient, status);

-- Whoever asked to be told. systems null: all of them. Ending a subscription deletes the row.
create table subscriber (
  id text primary key,
  channel text not null,
  address text not null,
  status text not null,
  locale text not null,
  systems text,
  kinds text not null,
  nonce text not null,
  secret text,
  created_at integer not null,
  confirmed_at integer,
  unique (channel, address)
) strict;

create index subscriber_status on subscriber (status, created_at);
