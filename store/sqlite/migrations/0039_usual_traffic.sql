-- How many events of own traffic are usual in each hour of the day, by which silence is judged, so
-- that it can be judged again by that: a row per check and day, from when it was known until the
-- next one. 24 counts each, null where too few days are known.
create table usual_traffic (
  from_at integer not null,
  check_id integer not null,
  working text not null,
  other text not null,
  primary key (from_at, check_id)
) strict, without rowid;
