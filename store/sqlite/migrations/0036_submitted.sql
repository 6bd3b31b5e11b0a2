-- Digests, by the key of the installation, of what was submitted of an invoice (amount, tax id),
-- which are compared with what is told of it later; null: nothing was said.
alter table journey add column submitted text;
