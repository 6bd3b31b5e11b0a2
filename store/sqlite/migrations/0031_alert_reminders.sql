-- Who sees to an alert, and what was told again because nobody said so.
alter table alert add column acknowledged_by text;
alter table alert add column repeats integer not null default 0;
alter table alert add column repeated_at integer;
alter table alert add column escalated_at integer;
