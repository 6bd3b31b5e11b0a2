-- What ids in feeds and calendars are made with. null: the id of the installation. One that has
-- published keeps the address in them; empty until the page, which is told it, starts.
alter table installation add column published_as text;
update installation set published_as = '';
