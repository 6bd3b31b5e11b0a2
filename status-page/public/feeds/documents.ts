import { createWords } from '../../../messages/catalogue.ts';
import type { StatusOverview } from '../../../model/overview.ts';
import { maintenanceCalendar } from './calendar.ts';
import { historyFeeds } from './history.ts';

/** A feed or calendar as text. */
export interface FeedDocument {
  type: string;
  body: string;
}

/**
 * Returns the function that makes the feeds and calendars of an overview, by path: in each
 * language, and in Chinese at the root. They are made anew only when something was said.
 */
export function createFeeds(): (overview: StatusOverview) => ReadonlyMap<string, FeedDocument> {
  let made: { key: string; documents: Map<string, FeedDocument> } | null = null;
  return (overview) => {
    const key = versionOf(overview);
    if (made?.key !== key) made = { key, documents: makeFeeds(overview) };
    return made.documents;
  };
}

/** Changes with everything that the feeds tell; a mere change of state does not. */
function versionOf(overview: StatusOverview): string {
  const told = [
    ...overview.open_incidents,
    ...overview.recent_incidents,
    ...overview.current_maintenances,
    ...overview.recent_maintenances,
  ];
  return told.map(({ id, updated_at }) => `${id}@${updated_at}`).join();
}

function makeFeeds(overview: StatusOverview): Map<string, FeedDocument> {
  const documents = new Map<string, FeedDocument>();
  for (const locale of overview.page.languages) {
    const words = createWords({ locale, zone: overview.page.zone });
    const { atom, rss } = historyFeeds(overview, words);
    const files = {
      'history.atom': { type: 'application/atom+xml; charset=utf-8', body: atom },
      'history.rss': { type: 'application/rss+xml; charset=utf-8', body: rss },
      'maintenance.ics': {
        type: 'text/calendar; charset=utf-8',
        body: maintenanceCalendar(overview, words),
      },
    };
    for (const [file, document] of Object.entries(files)) {
      documents.set(`/${locale}/${file}`, document);
      if (locale === overview.page.languages[0]) documents.set(`/${file}`, document);
    }
  }
  return documents;
}
