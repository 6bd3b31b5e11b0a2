-- What a sync went through, a SyncCourse: its next judgement rests on that, also after a restart.
alter table component_status add column course text;
