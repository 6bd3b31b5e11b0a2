-- A result in fewer bytes: what is only read together is one value (store/rows/result-run.ts). The
-- rows of earlier versions stay as they are until their retention ends, because to rewrite millions
-- of them would keep a start waiting for minutes.
alter table result rename to result_before_0020;

-- The key is the order of arrival, so that rows are appended; there is no other index.
create table result (
  slot_at integer not null,
  check_id integer not null,
  outcome integer not null,
  flags integer not null,
  run blob not null,
  primary key (slot_at, check_id)
) strict, without rowid;
