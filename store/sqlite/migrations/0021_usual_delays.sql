-- By what was usual results were judged, so that they can be judged again: a row per check and
-- hour, from when it was known. As long as results are kept.
create table usual_delay (
  from_at integer not null,
  check_id integer not null,
  to_at integer not null check (to_at > from_at),
  median_ms real not null,
  of_all_hours integer not null,
  primary key (from_at, check_id)
) strict, without rowid;
