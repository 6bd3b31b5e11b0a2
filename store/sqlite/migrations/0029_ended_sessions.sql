-- Administrators' sessions that were signed out, until they would have expired anyway.
create table ended_session (
  -- SHA-256 of the session, hex
  hash text primary key,
  expires_at integer not null
) strict, without rowid;
