-- What a company's own traffic tells of a function: a row per posted event with a duration or a
-- failure. Many may be of one instant, so that the hash of the event is part of the key.
create table own_result (
  slot_at integer not null,
  check_id integer not null,
  event blob not null,
  outcome integer not null,
  duration_ms integer,
  code text,
  primary key (slot_at, check_id, event)
) strict, without rowid;
