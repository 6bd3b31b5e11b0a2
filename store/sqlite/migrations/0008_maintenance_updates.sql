-- revision is the number of the current one; reminded the reminders given, as ms before the start.
alter table maintenance add column revision integer not null default 1;
alter table maintenance add column reminded text not null default '[]';

update maintenance
set revision = (
  select max(maintenance_revision.revision)
  from maintenance_revision
  where maintenance_revision.maintenance = maintenance.id
)
where exists (select 1 from maintenance_revision where maintenance_revision.maintenance = maintenance.id);

create index maintenance_status on maintenance (status);

alter table maintenance_revision add column expected_recovery_at integer not null default 0;
update maintenance_revision set expected_recovery_at = announced_until;

-- seq keeps the order of updates written in the same millisecond.
create table maintenance_update (
  seq integer primary key autoincrement,
  id text not null unique,
  maintenance text not null references maintenance (id),
  status text not null,
  code text not null,
  text text,
  created_at integer not null
) strict;

create index maintenance_update_maintenance on maintenance_update (maintenance, created_at, seq);
