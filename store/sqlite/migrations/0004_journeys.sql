create table journey (
  id text primary key,
  component text not null,
  check_id integer not null references registered_check (id),
  number text,
  issued text not null,
  accepted_at integer not null,
  state text not null,
  last_absent_at integer,
  first_present_at integer,
  last_answered_at integer,
  next_look_at integer,
  looks integer not null,
  simulated integer not null,
  check (state = 'waiting' or number is null)
) strict;

create index journey_accepted_at on journey (accepted_at, id);
create index journey_state on journey (state, accepted_at, id);
create index journey_component on journey (component, accepted_at, id);

create table look (
  journey text not null,
  started_at integer not null,
  duration_ms integer not null,
  finding text not null,
  outcome integer not null,
  reason integer,
  primary key (journey, started_at)
) strict, without rowid;

create index look_started_at on look (started_at);
