-- What operators are alerted of, from its first moment to its end. At most one is open per kind and subject.
create table alert (
  id text primary key,
  kind text not null,
  subject text not null,
  state text,
  notes text not null,
  error text,
  since integer not null,
  opened_at integer not null,
  acknowledged_at integer,
  resolved_at integer,
  resolved_since integer
) strict;

create unique index alert_open on alert (kind, subject) where resolved_at is null;
create index alert_opened_at on alert (opened_at);
