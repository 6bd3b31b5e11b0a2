create table incident (
  id text primary key,
  system text not null,
  status text not null,
  impact text not null,
  title text not null,
  functions text not null,
  components text not null,
  started_at integer not null,
  created_at integer not null,
  updated_at integer not null,
  monitoring_at integer,
  resolved_at integer,
  taken_over integer not null,
  simulated integer not null
) strict;

create index incident_created_at on incident (created_at, id);
create index incident_status on incident (status, created_at, id);

-- seq keeps the order of updates written in the same millisecond.
create table incident_update (
  seq integer primary key autoincrement,
  id text not null unique,
  incident text not null references incident (id),
  status text not null,
  code text not null,
  text text,
  affected text not null,
  created_at integer not null
) strict;

create index incident_update_incident on incident_update (incident, created_at, seq);
