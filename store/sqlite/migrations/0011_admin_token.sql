-- At most one. Only its hash is kept; the token itself was told once.
create table admin_token (
  one integer primary key check (one = 1),
  -- What sessions refer to, so that a new token ends those of the one before.
  id text not null,
  -- SHA-256, hex
  hash text not null
) strict;
