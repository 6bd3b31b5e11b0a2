-- Whether everyone was notified of an update: of all, until now.
alter table incident_update add column told integer not null default 1;
