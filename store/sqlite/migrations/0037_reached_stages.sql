-- When followed invoices reached a stage, by events of a company's own traffic: the first that says
-- so counts. `at_latest`: then or before. `delay_ms` is since the acceptance; null: nobody knows,
-- or it began the journey, or was before that.
create table reached_stage (
  journey text not null,
  stage integer not null,
  check_id integer not null references registered_check (id),
  at integer not null,
  at_latest integer not null,
  delay_ms integer check (delay_ms >= 0),
  simulated integer not null,
  primary key (journey, stage)
) strict, without rowid;

-- With all that is read of a day; the stage is there by the key.
create index reached_stage_at on reached_stage (at, check_id, delay_ms, simulated);

-- Whether an invoice was accepted then or before.
alter table journey add column accepted_at_latest integer not null default 0;
