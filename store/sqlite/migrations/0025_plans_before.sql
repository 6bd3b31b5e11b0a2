-- What applied to a maintenance until it was changed while it was under way, oldest first: what it
-- covered then stays so. Of all until now that is not known any more.
alter table maintenance add column plans_before text not null default '[]';
