-- What was recorded of before rolled_up_to is in the roll-ups. What is recorded later of an earlier
-- time lowers it in the same transaction, so that a start counts that time again: from the rows,
-- all of which are kept from the beginning of the hour and the day of countable_from on.
alter table installation add column rolled_up_to integer;
alter table installation add column countable_from integer;
