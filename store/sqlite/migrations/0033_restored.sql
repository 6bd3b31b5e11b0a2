-- When a backup was put back: what was measured between its last heartbeat and then is lost.
alter table installation add column restored_at integer;
