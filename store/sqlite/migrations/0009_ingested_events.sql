-- Events that were posted to us, so that one that comes again counts once. The id is a hash: no key and no number is kept.
create table ingested_event (
  id text primary key,
  received_at integer not null
) strict, without rowid;

create index ingested_event_received_at on ingested_event (received_at);
