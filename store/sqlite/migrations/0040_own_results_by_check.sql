-- By check first, as they are read; by time, as they are deleted; and when each came.
create table own_result_by_check (
  check_id integer not null,
  slot_at integer not null,
  event blob not null,
  outcome integer not null,
  duration_ms integer,
  code text,
  received_at integer,
  primary key (check_id, slot_at, event)
) strict, without rowid;

insert into own_result_by_check
select check_id, slot_at, event, outcome, duration_ms, code,
  (select received_at from ingested_event where id = lower(hex(event)))
from own_result
order by check_id, slot_at, event;

drop table own_result;
alter table own_result_by_check rename to own_result;
create index own_result_slot on own_result (slot_at);
