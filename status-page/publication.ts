import { createWords, verdictSentence, type Words } from '../messages/index.ts';
import type { StatusOverview } from '../model/overview.ts';
import { LOCALES, type Locale } from '../model/vocabulary.ts';
import { v2Documents } from './api-v2/documents.ts';
import { ANY_ORIGIN, REVALIDATE } from './http/headers.ts';
import { type Prepared, prepare, withHeaders } from './http/prepared.ts';
import { type AssetPaths, htmlDocument } from './rendering/document.ts';
import { renderHtml } from './rendering/render.ts';
import { overviewPage } from './web/views/overview-page.ts';

/** An overview as it is served: everything rendered and compressed, nothing left to do per request. */
export interface Publication {
  overview: StatusOverview;
  /** By path. */
  documents: ReadonlyMap<string, Prepared>;
  /** What `/` answers, by language. */
  front: Readonly<Record<Locale, Prepared>>;
}

/** Renders an overview; documents that stay the same are taken over from the publication before. */
export async function createPublication({
  overview,
  assets,
  before,
}: {
  overview: StatusOverview;
  assets: AssetPaths;
  before: Publication | null;
}): Promise<Publication> {
  const documents = new Map<string, Prepared>();
  const keep = async (path: string, body: string, headers: Record<string, string>) => {
    const old = before?.documents.get(path);
    const is = old?.source === body ? old : await prepare(body, headers);
    documents.set(path, is);
    return is;
  };
  const front = new Map<Locale, Prepared>();
  for (const locale of LOCALES) {
    const words = createWords({ locale, zone: overview.page.zone });
    const page = await keep(`/${locale}/`, await frontPage(overview, words, assets), {
      'content-type': 'text/html; charset=utf-8',
      'content-language': locale,
      'cache-control': REVALIDATE,
    });
    front.set(locale, withHeaders(page, { vary: 'Accept-Encoding, Accept-Language' }));
  }
  const words = createWords({ locale: LOCALES[0], zone: overview.page.zone });
  for (const [path, body] of Object.entries(v2Documents(overview, words))) {
    await keep(path, JSON.stringify(body), {
      ...ANY_ORIGIN,
      'content-type': 'application/json; charset=utf-8',
      'cache-control': REVALIDATE,
    });
  }
  return { overview, documents, front: Object.fromEntries(front) as Publication['front'] };
}

async function frontPage(
  overview: StatusOverview,
  words: Words,
  assets: AssetPaths,
): Promise<string> {
  const components = overview.systems.flatMap((it) => it.components);
  const verdict = verdictSentence(overview.headline, components, words);
  const title = words.name(overview.page.title);
  return htmlDocument({
    title: `${verdict} · ${title}`,
    description: words.text('page.description', { title, verdict }),
    path: '',
    public_url: overview.page.public_url,
    zone: overview.page.zone,
    live: true,
    assets,
    body: await renderHtml(overviewPage(overview, words)),
    words,
  });
}
