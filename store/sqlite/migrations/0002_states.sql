create table component_status (
  component text primary key,
  state text not null,
  since integer not null,
  notes text not null,
  measured_at integer,
  valid_until integer,
  recent text,
  sync text
) strict;

create table transition (
  seq integer primary key autoincrement,
  component text not null,
  from_state text not null,
  to_state text not null,
  since integer not null,
  recorded_at integer not null,
  cause text not null,
  cause_ref text,
  notes text not null,
  simulated integer not null
) strict;

create index transition_component_since on transition (component, since, seq);
create index transition_since on transition (since, seq);

-- The page asks for the highest seq; a number is never given twice.
create table change (
  seq integer primary key autoincrement,
  kind text not null,
  ref text not null,
  at integer not null
) strict;
