-- What is settled is deleted when it is old: which deliveries and alerts are must be cheap to ask.
create index delivery_settled_at on delivery (settled_at) where settled_at is not null;
create index alert_resolved_at on alert (resolved_at) where resolved_at is not null;
