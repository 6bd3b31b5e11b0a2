import { ANY_ORIGIN, REVALIDATE } from '../../../http/headers.ts';
import { createWords } from '../../../messages/catalogue.ts';
import type { StatusOverview } from '../../../model/overview.ts';
import type { Clock } from '../../../model/ports.ts';
import type { EpochMs, Languages } from '../../../model/vocabulary.ts';
import { FEEDS } from '../../kit/feeds.ts';
import { incidentVersion } from '../../serve/incident-version.ts';
import type { DocumentSource, RenderedDocument } from '../../serve/publication.ts';
import { maintenanceCalendar } from './calendar.ts';
import { historyFeeds } from './history.ts';
import { type Identity, publishedIdentity } from './identity.ts';

/**
 * Feeds and calendars: in each language of the page, and at the root in its first. Rerendered only
 * after updates.
 */
export function createFeeds(
  languages: Languages,
  clock: Clock,
  published_as: string,
): DocumentSource {
  const identity = publishedIdentity(published_as);
  let made: { key: string; documents: RenderedDocument[] } | null = null;
  return {
    paths: FEEDS.flatMap(({ file }) => [`/${file}`, ...languages.map((it) => `/${it}/${file}`)]),
    negotiated: [],
    documentsOf(overview) {
      const key = versionOf(overview, clock.now());
      if (made?.key !== key) made = { key, documents: renderFeeds(overview, identity, clock) };
      return made.documents;
    },
  };
}

/**
 * Version of the feeds' content; mere state changes do not count, but a recovery whose time has
 * passed does.
 */
function versionOf(overview: StatusOverview, now: EpochMs): string {
  const incidents = [...overview.open_incidents, ...overview.recent_incidents];
  const maintenances = [...overview.current_maintenances, ...overview.recent_maintenances];
  const own = [...overview.own_troubles, ...overview.recent_own_troubles].map(
    ({ kind, line, since, until }) => `${kind} ${line} ${since}-${until}`,
  );
  const versions = maintenances.map(
    (it) => `${it.id}@${it.updated_at} ${it.expected_recovery_at <= now}`,
  );
  const gaps = overview.gaps.map(({ to }) => to);
  return [...incidents.map(incidentVersion), ...versions, ...own, ...gaps].join();
}

function renderFeeds(
  overview: StatusOverview,
  identity: Identity,
  { now }: Clock,
): RenderedDocument[] {
  const { languages } = overview.page;
  return languages.flatMap((locale) => {
    const words = createWords({ locale, zone: overview.page.zone, now, in_full: true });
    const { atom, rss, json } = historyFeeds(overview, identity, words);
    const calendar = maintenanceCalendar(overview, identity, words);
    const bodies = {
      'history.atom': atom,
      'history.rss': rss,
      'history.json': json,
      'maintenance.ics': calendar,
    };
    return FEEDS.flatMap(({ file, type }) => {
      const headers = {
        ...ANY_ORIGIN,
        'content-type': `${type}; charset=utf-8`,
        'content-language': locale,
        'cache-control': REVALIDATE,
      };
      const document = { path: `/${locale}/${file}`, body: bodies[file], headers };
      return locale === languages[0] ? [document, { ...document, path: `/${file}` }] : [document];
    });
  });
}
