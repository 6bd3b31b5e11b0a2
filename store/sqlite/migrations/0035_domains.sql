-- Domains asked for at their registries: when last, and what was said then.
create table domain (
  name text primary key,
  asked_at integer not null,
  expires_at integer,
  measured_at integer
) strict, without rowid;
