import { maintenanceFacts, maintenanceUpdateBody } from '../../../messages/index.ts';
import type { MaintenanceStatus, MaintenanceUpdate } from '../../../model/maintenance.ts';
import type { MaintenanceView } from '../../../model/overview.ts';
import { siteAddress } from '../../../model/site-address.ts';
import { iso, isoOrNull } from '../../../model/time.ts';
import type { V2Context } from './context.ts';

/** Drafts are private, and the API has no state for cancelled maintenance. */
type Listed = Exclude<MaintenanceStatus, 'draft' | 'cancelled'>;

const STATUS: Record<Listed, string> = {
  scheduled: 'scheduled',
  in_progress: 'in_progress',
  overrun: 'in_progress',
  verifying: 'verifying',
  completed: 'completed',
};

/** Whether the API lists it. */
export function isListed<T extends { status: MaintenanceStatus }>(
  it: T,
): it is T & { status: Listed } {
  return it.status in STATUS;
}

/** An announced maintenance: every field of an incident, and the announced times. */
export function scheduledMaintenance(
  view: MaintenanceView & { status: Listed },
  context: V2Context,
) {
  const { overview, words, page } = context;
  const in_scope = new Set(view.components);
  const announced_at = iso(view.updates[0]?.created_at ?? view.created_at);
  return {
    id: view.id,
    name: words.name(view.texts.title),
    status: STATUS[view.status],
    created_at: announced_at,
    updated_at: iso(view.updated_at),
    monitoring_at: null,
    resolved_at: isoOrNull(completedAt(view)),
    impact: 'maintenance',
    shortlink: siteAddress(overview.page.public_url, `/${words.locale}/maintenances/${view.id}`),
    started_at: announced_at,
    page_id: page.id,
    incident_updates: view.updates
      .filter(isListed)
      .reverse()
      .map((it) => update(it, view, context)),
    components: context.components.filter((it) => in_scope.has(it.id)),
    reminder_intervals: null,
    scheduled_for: iso(view.announced_from),
    scheduled_until: iso(view.announced_until),
  };
}

/** When its scope was found to be well, also of one that passed unseen. */
function completedAt({ updates }: MaintenanceView) {
  const completed = updates.findLast(({ code }) => code === 'completed' || code === 'found_well');
  return completed?.created_at ?? null;
}

function update(
  update: MaintenanceUpdate & { status: Listed },
  view: MaintenanceView,
  { words }: V2Context,
) {
  const at = iso(update.created_at);
  return {
    id: update.id,
    status: STATUS[update.status],
    body:
      update.code === 'announced'
        ? announcement(update, view, words)
        : maintenanceUpdateBody(update, words),
    incident_id: view.id,
    created_at: at,
    updated_at: at,
    display_at: at,
    // Previous states are not recorded; `components` lists the affected ones.
    affected_components: null,
    deliver_notifications: true,
    custom_tweet: null,
    tweet_id: null,
  };
}

/** The API has no other field for description and "stays open". */
function announcement(update: MaintenanceUpdate, view: MaintenanceView, words: V2Context['words']) {
  return [
    maintenanceUpdateBody(update, words),
    words.name(view.texts.description),
    ...maintenanceFacts(view, view.scope, words).map((fact) =>
      words.text('maintenance.fact', fact),
    ),
  ].join('\n');
}
