import { Feed, type Item } from 'feed';
import { xmlText } from '../../../http/html.ts';
import {
  correctionText,
  gapSentence,
  incidentTitle,
  maintenanceFacts,
  maintenanceStatus,
  maintenanceUpdateBody,
  maintenanceUpdateStatus,
  ownTroubleEffect,
  ownTroubleName,
  updateBody,
  type Words,
} from '../../../messages/index.ts';
import type { Gap } from '../../../model/component.ts';
import type {
  IncidentView,
  MaintenanceView,
  OwnTroubleView,
  StatusOverview,
} from '../../../model/overview.ts';
import { siteAddress } from '../../../model/site-address.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';
import type { FeedEntry } from './entry.ts';
import type { Identity } from './identity.ts';
import { jsonFeed } from './json-feed.ts';

/** As many as the v2 API lists. */
const ENTRIES = 50;

export interface HistoryFeeds {
  atom: string;
  rss: string;
  json: string;
}

/**
 * Incidents, maintenance and trouble of our own as Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1,
 * newest first.
 */
export function historyFeeds(
  overview: StatusOverview,
  identity: Identity,
  words: Words,
): HistoryFeeds {
  const { public_url, title, operator } = overview.page;
  const here = siteAddress(public_url, `/${words.locale}`);
  const entries = entriesOf(overview, words)
    .sort((a, b) => b.published_at - a.published_at)
    .slice(0, ENTRIES);
  const feed = new Feed({
    id: identity.uri('history'),
    title: words.text('feed.title', { title: words.name(title) }),
    description: words.text('page.unofficial', { operator: words.name(operator) }),
    link: `${here}/`,
    language: words.locale,
    feedLinks: { atom: `${here}/history.atom`, rss: `${here}/history.rss` },
    author: { name: words.name(operator) },
    generator: 'Piaokuang',
    // Not the current time, so that the feed only changes with its content.
    updated: new Date(Math.max(0, ...entries.map((it) => it.updated_at))),
  });
  const itemsWith = (field: 'content' | 'description') => {
    feed.items = entries.map((it) => itemOf(it, field, identity));
    return feed;
  };
  return {
    atom: itemsWith('content').atom1().replace('<feed ', `<feed xml:lang="${words.locale}" `),
    rss: itemsWith('description').rss2(),
    json: JSON.stringify(jsonFeed(entries, overview.page, { identity, words })),
  };
}

function entriesOf(overview: StatusOverview, words: Words): FeedEntry[] {
  const here = siteAddress(overview.page.public_url, `/${words.locale}`);
  const incidents = [...overview.open_incidents, ...overview.recent_incidents];
  const maintenances = [...overview.current_maintenances, ...overview.recent_maintenances];
  return [
    ...incidents.map(
      (it): FeedEntry => ({
        kind: 'incidents',
        id: it.id,
        title: incidentTitle(it, it, words),
        link: `${here}/incidents/${it.id}`,
        published_at: it.created_at,
        updated_at: Math.max(it.updated_at, it.corrected_at ?? 0),
        paragraphs: incidentParagraphs(it, overview.gaps, words),
      }),
    ),
    ...[...overview.own_troubles, ...overview.recent_own_troubles].map((it) =>
      ownTroubleEntry(it, here, words),
    ),
    ...maintenances.map(
      (it): FeedEntry => ({
        kind: 'maintenances',
        id: it.id,
        title: words.text('maintenance.chat_title', {
          status: maintenanceStatus(it, words),
          title: words.name(it.texts.title),
        }),
        link: `${here}/maintenances/${it.id}`,
        published_at: it.updates[0]?.created_at ?? it.created_at,
        updated_at: it.updated_at,
        paragraphs: maintenanceParagraphs(it, words),
      }),
    ),
  ];
}

/** Its id: at most one trouble of a kind and line begins at an instant. */
function ownTroubleEntry(trouble: OwnTroubleView, here: string, words: Words): FeedEntry {
  const { kind, line, since, until, is_end_unseen = false } = trouble;
  const at = until ?? since;
  const over = is_end_unseen ? 'own.unseen' : 'own.over';
  const status = words.text(until === null ? 'own.goes_on' : over);
  const lasted = words.duration(at - since);
  const length = until === null ? [] : [words.text('incidents.lasted', { duration: lasted })];
  const body = [ownTroubleEffect(trouble, words), ...length];
  return {
    kind: 'own-troubles',
    id: [kind, ...(line === null ? [] : [line]), since].join('-'),
    title: ownTroubleName(trouble, words),
    link: `${here}/`,
    published_at: since,
    updated_at: at,
    paragraphs: [updateParagraph({ at, status }, body.join(' '), words)],
  };
}

/** The updates, and first that they were corrected, and what we did not see of it. */
function incidentParagraphs(incident: IncidentView, gaps: readonly Gap[], words: Words): string[] {
  const { started_at, monitoring_at, resolved_at } = incident;
  const end = monitoring_at ?? resolved_at ?? Number.POSITIVE_INFINITY;
  const unseen = gaps
    .filter(({ from, to }) => from < end && to > started_at)
    .map((gap) => `<p>${html(gapSentence(gap, words))}</p>`);
  const correction = correctionText(incident.corrected_at, words);
  const corrected = correction === null ? [] : [`<p>${html(correction)}</p>`];
  return [...corrected, ...unseen, ...incidentUpdates(incident, words)];
}

function incidentUpdates(incident: IncidentView, words: Words): string[] {
  return incident.updates
    .map((it) =>
      updateParagraph(
        { at: it.created_at, status: words.text(`incident_status.${it.status}`) },
        updateBody(it, incident, words),
        words,
      ),
    )
    .reverse();
}

/** Time and description first, then updates. */
function maintenanceParagraphs(maintenance: MaintenanceView, words: Words): string[] {
  const { texts, scope, updates } = maintenance;
  const facts = maintenanceFacts(maintenance, scope, words).map(
    ({ term, text }) => `<p><strong>${html(term)}</strong> ${html(text)}</p>`,
  );
  const updates_html = updates
    .map((it) =>
      updateParagraph(
        { at: it.created_at, status: maintenanceUpdateStatus(it, maintenance, words) },
        maintenanceUpdateBody(it, words),
        words,
      ),
    )
    .reverse();
  return [`<p>${html(words.name(texts.description))}</p>`, ...facts, ...updates_html];
}

function updateParagraph(
  { at, status }: { at: EpochMs; status: string },
  body: string,
  words: Words,
): string {
  const time = html(`${words.dateTime(at)} ${words.zoneName(at)}`);
  return `<p><small>${time}</small><br><strong>${html(status)}</strong> - ${html(body)}</p>`;
}

function itemOf(entry: FeedEntry, field: 'content' | 'description', identity: Identity): Item {
  return {
    id: identity.uri(`${entry.kind}/${entry.id}`),
    // Feed readers interpret titles as HTML, in RSS too.
    title: html(entry.title),
    link: entry.link,
    date: new Date(entry.updated_at),
    published: new Date(entry.published_at),
    [field]: entry.paragraphs.join(''),
  };
}

/** Converts a text to HTML with line breaks. Escaped, it cannot end its CDATA section. */
function html(text: string): string {
  return xmlText(text).replaceAll('\n', '<br>');
}
