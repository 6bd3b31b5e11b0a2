-- Somebody may have it, though nobody knows: it is told again as it is, and not overtaken.
alter table delivery add column may_be_sent integer not null default 0;
drop index notice_to_fan_out;
