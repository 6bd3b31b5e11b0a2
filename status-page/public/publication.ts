import { ANY_ORIGIN, REVALIDATE } from '../../http/headers.ts';
import { createWords } from '../../messages/catalogue.ts';
import { verdictSentence, type Words } from '../../messages/index.ts';
import type { ComponentHistory, ComponentOverview, StatusOverview } from '../../model/overview.ts';
import type { Locale } from '../../model/vocabulary.ts';
import { v2Documents } from '../api/v2/documents.ts';
import { type AssetPaths, htmlDocument } from '../kit/document.ts';
import { renderHtml } from '../kit/render.ts';
import { type Prepared, prepare, withHeaders } from '../serve/prepared.ts';
import { createFeeds } from './feeds/documents.ts';
import { history } from './views/history.ts';
import { overviewPage } from './views/overview-page.ts';

/**
 * An overview as it is served: everything rendered and compressed, nothing left to do per request.
 */
export interface Publication {
  overview: StatusOverview;
  /** By path. */
  documents: ReadonlyMap<string, Prepared>;
  /** What `/` answers, by language. */
  front: Readonly<Record<Locale, Prepared>>;
}

/** Renders an overview; documents that stay the same are taken over from the publication before. */
export type Publish = (
  overview: StatusOverview,
  before: Publication | null,
) => Promise<Publication>;

export function createPublish(assets: AssetPaths): Publish {
  const drawHistory = rememberHistories();
  const feedsOf = createFeeds();
  return async (overview, before) => {
    const documents = new Map<string, Prepared>();
    const keep = async (path: string, body: string, headers: Record<string, string>) => {
      const old = before?.documents.get(path);
      const is = old?.source === body ? old : await prepare(body, headers);
      documents.set(path, is);
      return is;
    };
    const front = new Map<Locale, Prepared>();
    for (const locale of overview.page.languages) {
      const words = createWords({ locale, zone: overview.page.zone });
      const html = frontPage({ overview, words, assets, drawHistory });
      const page = await keep(`/${locale}/`, html, {
        'content-type': 'text/html; charset=utf-8',
        'content-language': locale,
        'cache-control': REVALIDATE,
      });
      front.set(locale, withHeaders(page, { vary: 'Accept-Encoding, Accept-Language' }));
    }
    const words = createWords({ locale: overview.page.languages[0], zone: overview.page.zone });
    for (const [path, body] of Object.entries(v2Documents(overview, words))) {
      await keep(path, JSON.stringify(body), {
        ...ANY_ORIGIN,
        'content-type': 'application/json; charset=utf-8',
        'cache-control': REVALIDATE,
      });
    }
    for (const [path, { type, body }] of feedsOf(overview)) {
      await keep(path, body, {
        ...ANY_ORIGIN,
        'content-type': type,
        'cache-control': REVALIDATE,
      });
    }
    return { overview, documents, front: Object.fromEntries(front) as Publication['front'] };
  };
}

function frontPage({
  overview,
  words,
  assets,
  drawHistory,
}: {
  overview: StatusOverview;
  words: Words;
  assets: AssetPaths;
  drawHistory: DrawHistory;
}): string {
  const components = overview.systems.flatMap((it) => it.components);
  const verdict = verdictSentence(overview.headline, components, words);
  const title = words.name(overview.page.title);
  return htmlDocument({
    title: `${verdict} · ${title}`,
    description: words.text('page.description', { title, verdict }),
    path: '',
    page: overview.page,
    script: 'page',
    styles: [overview.demo ? 'demo_front' : 'page'],
    assets,
    body: drawPage(overview, words, drawHistory),
    words,
  });
}

/** Draws the days of a component as HTML. */
type DrawHistory = (view: ComponentOverview, words: Words) => string;

/** They change seldom and are most of a page: what was drawn is kept for as long as they are. */
function rememberHistories(): DrawHistory {
  const drawn = new WeakMap<ComponentHistory, Map<Locale, string>>();
  return (view, words) => {
    const by_locale = drawn.get(view.history) ?? new Map<Locale, string>();
    drawn.set(view.history, by_locale);
    const html = by_locale.get(words.locale) ?? renderHtml(history(view, words));
    by_locale.set(words.locale, html);
    return html;
  };
}

/** Where a component's days go, between two characters of Unicode's private use area. */
const PLACE = /\uE000([^\uE001]*)\uE001/g;

/**
 * The template engine would parse ready HTML anew each time, so it leaves a place and the HTML is
 * put in afterwards.
 */
function drawPage(overview: StatusOverview, words: Words, drawHistory: DrawHistory): string {
  const views = new Map(
    overview.systems.flatMap((system) => system.components.map((it) => [it.id, it])),
  );
  const page = overviewPage(overview, words, ({ id }) => `\uE000${id}\uE001`);
  return renderHtml(page).replace(PLACE, (_, id: string) => {
    const view = views.get(id);
    return view ? drawHistory(view, words) : '';
  });
}
