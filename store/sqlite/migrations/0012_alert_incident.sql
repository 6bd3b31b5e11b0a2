-- The incident that says publicly what an alert says to operators, written by whichever of the two
-- comes later.
alter table alert add column incident text references incident (id);

-- For alerts from before: the newest incident of the same component at the same time.
update alert
set incident = (
  select incident.id
  from incident
  where exists (select 1 from json_each(incident.components) where value = alert.subject)
    and incident.started_at <= coalesce(alert.resolved_at, incident.started_at)
    and coalesce(incident.resolved_at, alert.since) >= alert.since
  order by incident.created_at desc, incident.id desc
  limit 1
)
where kind <> 'channel';
