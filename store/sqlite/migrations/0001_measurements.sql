create table installation (
  one integer primary key check (one = 1),
  id text not null,
  heartbeat_at integer
) strict;

create table registered_check (
  id integer primary key,
  name text not null unique,
  component text not null,
  system text not null,
  function text not null,
  line text not null
) strict;

create index registered_check_component on registered_check (component);

-- One short row per run. The key is the order of arrival, so that rows are appended; there is no other index.
create table result (
  slot_at integer not null,
  check_id integer not null,
  outcome integer not null,
  reason integer,
  start_lag_ms integer not null,
  duration_ms integer not null,
  resolve_ms integer,
  connect_ms integer,
  tls_ms integer,
  processing_ms integer,
  transfer_ms integer,
  bytes integer not null,
  http_status integer,
  certificate_expires_s integer,
  flags integer not null,
  primary key (slot_at, check_id)
) strict, without rowid;

-- Results that were not ok, once more and with their detail: kept longer than the rest.
create table evidence (
  slot_at integer not null,
  check_id integer not null,
  outcome integer not null,
  reason integer,
  start_lag_ms integer not null,
  duration_ms integer not null,
  resolve_ms integer,
  connect_ms integer,
  tls_ms integer,
  processing_ms integer,
  transfer_ms integer,
  bytes integer not null,
  http_status integer,
  certificate_expires_s integer,
  flags integer not null,
  detail text,
  integrity_where text,
  primary key (slot_at, check_id)
) strict, without rowid;

create table judgement (
  check_id integer primary key references registered_check (id),
  body text not null
) strict;

create table rollup (
  grain text not null,
  from_at integer not null,
  check_id integer not null references registered_check (id),
  n integer not null,
  ok integer not null,
  not_ok text,
  slow integer not null,
  delays blob,
  simulated integer not null,
  primary key (grain, from_at, check_id)
) strict, without rowid;

create table gap (
  from_at integer primary key,
  to_at integer not null,
  cause text not null
) strict;
