create table maintenance (
  id text primary key,
  status text not null,
  notice_ms integer not null,
  actual_from integer,
  actual_until integer,
  created_at integer not null,
  updated_at integer not null
) strict;

-- Every edit is a revision; one without published_at is a draft.
create table maintenance_revision (
  maintenance text not null references maintenance (id),
  revision integer not null,
  published_at integer,
  announced_from integer not null,
  announced_until integer not null,
  components text not null,
  texts text not null,
  primary key (maintenance, revision),
  check (announced_from < announced_until)
) strict, without rowid;

create index maintenance_revision_until on maintenance_revision (announced_until);
