import type { TemplateResult } from 'lit';
import { policyFramedBy, REVALIDATE } from '../../../http/headers.ts';
import { createWords } from '../../../messages/catalogue.ts';
import { verdictSentence, type Words } from '../../../messages/index.ts';
import type {
  ComponentHistory,
  ComponentOverview,
  StatusOverview,
} from '../../../model/overview.ts';
import { basePath } from '../../../model/site-address.ts';
import type { Locale } from '../../../model/vocabulary.ts';
import { htmlHeaders } from '../../kit/answer.ts';
import type { PageData } from '../../kit/documents.ts';
import { renderHtml } from '../../kit/html.ts';
import type { PageSite } from '../../kit/page-context.ts';
import { streamStateOf } from '../../serve/live-events.ts';
import type { DocumentSource } from '../../serve/publication.ts';
import { LIVE_DATA } from '../../web/wire.ts';
import { history } from '../views/history.ts';
import { fillHistoryPlaces } from '../views/history-place.ts';
import { overviewPage } from '../views/overview-page.ts';

export interface FrontPagesParts extends PageSite {
  /** The bar on top; null for none. */
  bar: ((words: Words) => TemplateResult) | null;
}

/** The front page in every language. */
export function createFrontPages(parts: FrontPagesParts): DocumentSource {
  const { page, documents, bar, clock } = parts;
  const base_path = basePath(page.public_url);
  const historyHtml = cacheHistories();
  return {
    paths: page.languages.map(pathOf),
    negotiated: ['/'],
    documentsOf(overview) {
      const data = liveDataOf(overview);
      return page.languages.map((locale) => {
        const words = createWords({ locale, zone: page.zone, now: clock.now, base_path });
        return {
          path: pathOf(locale),
          body: renderFrontPage(overview, words, data),
          headers: {
            ...htmlHeaders(locale),
            'cache-control': REVALIDATE,
            ...policyFramedBy(page.frame_ancestors),
          },
        };
      });
    },
  };

  function renderFrontPage(overview: StatusOverview, words: Words, data: PageData): string {
    const components = overview.systems.flatMap((it) => it.components);
    const verdict = verdictSentence(overview.headline, components, words);
    const title = words.name(page.title);
    const views = new Map(components.map((it) => [it.id, it]));
    return documents.render(
      {
        title: verdict,
        description: words.text('page.description', { title, verdict }),
        path: '',
        styles: [bar === null ? 'page' : 'demo_front'],
        scripts: ['page'],
        data,
        body: overviewPage(overview, { ...parts, words, bar: bar?.(words) ?? null }),
        fill: (body) =>
          fillHistoryPlaces(body, (id) => {
            const view = views.get(id);
            return view ? historyHtml(view, words) : '';
          }),
      },
      words,
    );
  }
}

/** The components that the page shows: the live stream tells it what has changed of them since. */
function liveDataOf(overview: StatusOverview): PageData {
  const { components, version } = streamStateOf(overview);
  return { id: LIVE_DATA, version, json: `[${[...components.values()].join()}]` };
}

function pathOf(locale: Locale): string {
  return `/${locale}/`;
}

/**
 * Histories change rarely and are most of a page, so their HTML is cached while they are unchanged.
 */
function cacheHistories(): (view: ComponentOverview, words: Words) => string {
  const rendered = new WeakMap<ComponentHistory, Map<Locale, string>>();
  return (view, words) => {
    const by_locale = rendered.get(view.history) ?? new Map<Locale, string>();
    rendered.set(view.history, by_locale);
    const text = by_locale.get(words.locale) ?? renderHtml(history(view, words));
    by_locale.set(words.locale, text);
    return text;
  };
}
