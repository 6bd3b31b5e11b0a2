import ical, { type ICalEventData, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import {
  maintenanceFacts,
  maintenanceStatus,
  scopeText,
  type Words,
} from '../../../messages/index.ts';
import { toldTime } from '../../../model/maintenance/as-told.ts';
import type { MaintenanceView, StatusOverview } from '../../../model/overview.ts';
import { siteAddress } from '../../../model/site-address.ts';
import type { Identity } from './identity.ts';

/** Suggested refresh interval of calendars. */
const REFRESH_SECONDS = 3_600;

/**
 * All maintenance as a calendar (RFC 5545). Includes cancelled maintenance, so that clients remove
 * it.
 */
export function maintenanceCalendar(
  overview: StatusOverview,
  identity: Identity,
  words: Words,
): string {
  const { public_url, title, operator } = overview.page;
  const calendar = ical({
    name: words.text('calendar.title', { title: words.name(title) }),
    description: words.text('page.unofficial', { operator: words.name(operator) }),
    prodId: { company: 'Piaokuang', product: 'maintenance', language: words.locale },
    url: siteAddress(public_url, `/${words.locale}/`),
    ttl: REFRESH_SECONDS,
  });
  for (const it of [...overview.current_maintenances, ...overview.recent_maintenances]) {
    const id = identity.calendarUid(it.id);
    calendar.createEvent({ ...eventOf(it, public_url, words), id });
  }
  return calendar.toString();
}

/** How often its time was another since its last revision: once it began, once it ended. */
function timesTold({ actual_from, actual_until }: MaintenanceView): number {
  return Number(actual_from !== null) + Number(actual_until !== null);
}

function eventOf(maintenance: MaintenanceView, public_url: string, words: Words): ICalEventData {
  const { id, status, texts, scope, revision } = maintenance;
  const is_cancelled = status === 'cancelled';
  const time = toldTime(maintenance);
  const url = siteAddress(public_url, `/${words.locale}/maintenances/${id}`);
  return {
    // For calendars, cancelling is a revision too, and so are another start and another end.
    sequence: revision + Number(is_cancelled) + timesTold(maintenance),
    status: is_cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    // Does not block time in calendars.
    transparency: ICalEventTransparency.TRANSPARENT,
    start: new Date(time.from),
    // One that began only after its announced end has none of its own yet.
    end: new Date(Math.max(time.from, time.until)),
    created: new Date(maintenance.created_at),
    // Not the current time, so that the calendar only changes with its content.
    stamp: new Date(maintenance.updated_at),
    lastModified: new Date(maintenance.updated_at),
    summary: words.text('text.with_aside', {
      text: words.name(texts.title),
      aside: scopeText(scope, words),
    }),
    description: [
      maintenanceStatus(maintenance, words),
      words.name(texts.description),
      ...maintenanceFacts(maintenance, scope, words).map((it) =>
        words.text('maintenance.fact', it),
      ),
      url,
    ].join('\n'),
    url,
  };
}
