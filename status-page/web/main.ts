import { html, type TemplateResult } from 'lit/html.js';
import { verdictSentence } from '../../messages/index.ts';
import { loadPageWords } from '../../messages/page.ts';
import type { ComponentView } from '../../model/overview.ts';
import { verdict } from '../../model/verdict.ts';
import { LOCALES } from '../../model/vocabulary.ts';
import { LivePart } from './elements/live-part.ts';
import { defineRelativeTime } from './elements/relative-time.ts';
import { followLive, type LiveListeners, type Staleness } from './live.ts';
import { isNotFetched, refreshArticle, refreshSections } from './refresh.ts';
import { componentHead } from './views/component.ts';
import { headline } from './views/headline.ts';
import { LIVE_DATA, LIVE_PATH } from './wire.ts';

const { lang, dataset } = document.documentElement;
const words = await loadPageWords({
  locale: LOCALES.find((locale) => locale === lang) ?? LOCALES[0],
  zone: dataset.zone ?? 'UTC',
  base_path: dataset.base ?? '',
  now: () => now() ?? Date.now(),
});
/** " · " and the name of the page, after the verdict in the title. */
const title_suffix = document.title.slice(document.title.lastIndexOf(' · '));
/** Else an article, of which the stream says only when it is out of date. */
const is_front = document.querySelector('live-headline') !== null;
const live_data = document.querySelector<HTMLTemplateElement>(`#${LIVE_DATA}`);
const shown: ComponentView[] = JSON.parse(live_data?.content.textContent || '[]');
const components = new Map<string, ComponentView>();
/** Of the lists, as the stream told it last. */
let published_version = '';

for (const name of ['live-component', 'live-headline', 'stale-banner']) {
  customElements.define(name, class extends LivePart {});
}
const listeners: LiveListeners = {
  onBegin({ from }) {
    const known = new Map(components);
    components.clear();
    for (const view of from === 'page' ? shown : []) {
      components.set(view.id, view);
      if (known.has(view.id) && known.get(view.id) !== view) showComponent(view);
    }
  },
  onComponents(changed) {
    for (const view of changed) {
      components.set(view.id, view);
      showComponent(view);
    }
  },
  onHeadline({ headline: received, lines, own_troubles, lists_version }) {
    if (!is_front) {
      published_version = lists_version;
      void refreshArticle(lists_version);
      return;
    }
    const all = [...components.values()];
    const judged = { ...received, verdict: verdict(all.map(({ state }) => state)) };
    show('live-headline', headline(judged, { components: all, lines, own_troubles }, words));
    document.title = `${verdictSentence(judged, all, words)}${title_suffix}`;
    refreshSections(lists_version);
  },
  onStale(staleness) {
    const is_behind = !is_front && isNotFetched();
    if (is_behind) void refreshArticle(published_version);
    showStaleness(staleness ?? (is_behind ? 'not_fetched' : null));
  },
};
const version = live_data?.dataset.version;
const parameters = new URLSearchParams(version ? { have: version } : { components: 'none' });
const { now } = followLive(`${words.href(LIVE_PATH)}?${parameters}`, listeners);
defineRelativeTime(words, now);

function showComponent(view: ComponentView) {
  show(`#${CSS.escape(view.id)} live-component`, componentHead(view, words));
}

function show(selector: string, content: TemplateResult) {
  document.querySelector<LivePart>(selector)?.show(content);
}

/** Why what is shown may be out of date: an article is, too, if it cannot be had anew. */
type Reason = Staleness | 'not_fetched';

function showStaleness(staleness: Reason | null) {
  document.body.classList.toggle('stale', staleness !== null);
  show('stale-banner', staleness === null ? html`` : staleText(staleness));
}

function staleText(staleness: Reason) {
  const { text } = words;
  const why = text(`page.stale_${staleness}`);
  return html`<b>${text('page.stale_title')}</b>${text('fact.separator')}${why}`;
}
