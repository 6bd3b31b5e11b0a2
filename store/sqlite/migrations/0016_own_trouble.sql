-- What was known of our own side when a result was bad: JSON.
alter table evidence add column proof text;

-- The last result of a component, judged or not: JSON.
alter table component_status add column last text;

-- Trouble of our own: lines, clock, disk, machine. An empty line is the whole installation.
create table own_trouble (
  kind text not null,
  line text not null,
  since integer not null,
  until integer check (until is null or until >= since),
  detail text not null,
  primary key (kind, line, since)
) strict, without rowid;

create index own_trouble_until on own_trouble (until);

-- A gap ends after it begins. The rowid form is kept: few rows.
create table gap_checked (
  from_at integer primary key,
  to_at integer not null,
  cause text not null,
  check (from_at < to_at)
) strict;
insert into gap_checked (from_at, to_at, cause)
  select from_at, to_at, cause from gap where from_at < to_at;
drop table gap;
alter table gap_checked rename to gap;

-- What limits the claim of an incident: the only line it was seen from, and that it may be ours.
alter table incident add column seen_from text;
alter table incident add column maybe_our_line integer not null default 0;

-- What pruning looks for: a slice must cost the same however many rows there are.
create index change_at on change (at);
create index specimen_last_seen_at on specimen (last_seen_at);
create index specimen_change_at on specimen_change (at);
