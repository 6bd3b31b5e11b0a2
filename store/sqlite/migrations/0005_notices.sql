create table notice (
  id text primary key,
  kind text not null,
  incident text not null references incident (id),
  incident_update text not null references incident_update (id),
  created_at integer not null,
  fanned_out_at integer
) strict;

create index notice_fanned_out_at on notice (fanned_out_at, created_at);
create index notice_incident on notice (incident);

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

create index delivery_status on delivery (status, due_at, id);
