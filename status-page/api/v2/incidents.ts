import { incidentTitle, updateBody } from '../../../messages/index.ts';
import { type StatusNow, statusNow } from '../../../model/incident/told.ts';
import type { IncidentStatus, IncidentUpdate } from '../../../model/incident.ts';
import type { IncidentView } from '../../../model/overview.ts';
import { siteAddress } from '../../../model/site-address.ts';
import { iso, isoOrNull } from '../../../model/time.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';
import { v2State } from './components.ts';
import type { V2Context } from './context.ts';

export function incident(view: IncidentView, context: V2Context) {
  const { overview, words, page } = context;
  const affected = new Set(view.components);
  return {
    id: view.id,
    name: incidentTitle(view, view, words),
    status: v2Status(statusNow(view)),
    created_at: iso(view.created_at),
    updated_at: iso(view.updated_at),
    monitoring_at: isoOrNull(wellSince(view)),
    resolved_at: isoOrNull(view.resolved_at),
    impact: view.impact,
    shortlink: siteAddress(overview.page.public_url, `/${words.locale}/incidents/${view.id}`),
    started_at: iso(view.started_at),
    page_id: page.id,
    incident_updates: [...view.updates].reverse().map((it) => update(it, view, context)),
    components: context.components.filter((it) => affected.has(it.id)),
    reminder_intervals: null,
  };
}

/** Statuspage has no word for what is not known, nor for what a maintenance covers. */
function v2Status(status: StatusNow): Exclude<IncidentStatus, 'unclear'> {
  return status === 'unclear' || status === 'under_maintenance' ? 'monitoring' : status;
}

/** By the ledger, not when it was told. */
function wellSince({ monitoring_at, bad_time }: IncidentView): EpochMs | null {
  return monitoring_at === null ? null : (bad_time?.to ?? monitoring_at);
}

function update(update: IncidentUpdate, view: IncidentView, { words, names }: V2Context) {
  return {
    id: update.id,
    status: v2Status(update.status),
    body: updateBody(update, view, words),
    incident_id: view.id,
    created_at: iso(update.created_at),
    updated_at: iso(update.created_at),
    display_at: iso(update.created_at),
    affected_components:
      update.affected.length === 0
        ? null
        : update.affected.map(({ component, from, to }) => ({
            code: component,
            name: names.get(component) ?? component,
            old_status: v2State(from),
            new_status: v2State(to),
          })),
    deliver_notifications: update.told,
    custom_tweet: null,
    tweet_id: null,
  };
}
