-- From when on a maintenance covers its scope again that was given more time after its announced
-- end, or more in its scope: null of all until now.
alter table maintenance add column resumed_at integer;
