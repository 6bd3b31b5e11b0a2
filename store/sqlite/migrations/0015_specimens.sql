-- The file of an invoice that a check downloads: a candidate, then learned. No number and no amount
-- is kept: `invoice` and the facts are keyed digests.
create table specimen (
  check_id integer not null references registered_check (id),
  invoice text not null,
  format integer not null,
  -- Of the whole file, hex.
  sha256 text not null,
  size integer not null,
  number_digest text,
  amounts_digest text,
  text_digest text,
  -- Bits, as of results.
  notes integer,
  first_seen_at integer not null,
  last_seen_at integer not null,
  -- YYYY-MM-DD in the zone of the page.
  last_day text not null,
  days integer not null,
  downloads integer not null,
  learned_at integer,
  primary key (check_id, invoice)
) strict, without rowid;

-- When a file was learned, and when another edition of it.
create table specimen_change (
  check_id integer not null references registered_check (id),
  at integer not null,
  invoice text not null,
  kind text not null,
  sha256 text not null,
  size integer not null,
  primary key (check_id, at, invoice)
) strict, without rowid;
