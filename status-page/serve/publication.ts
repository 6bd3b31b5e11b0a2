import type { OutgoingHttpHeaders } from 'node:http';
import type { StatusOverview } from '../../model/overview.ts';
import type { Languages, Locale } from '../../model/vocabulary.ts';
import { type Prepared, prepare, withHeaders } from './prepared.ts';

/** A published overview: fully rendered and compressed. */
export interface Publication {
  overview: StatusOverview;
  /** By path. */
  documents: ReadonlyMap<string, Prepared>;
  /** The response of `/`, by language. */
  front: Readonly<Record<Locale, Prepared>>;
}

/** Renders an overview; unchanged documents are reused from the previous publication. */
export type Publish = (
  overview: StatusOverview,
  before: Publication | null,
) => Promise<Publication>;

/** A wing's public documents, rendered for every overview. */
export interface DocumentSource {
  /** Paths of its documents; some source has a front page per language. */
  paths: readonly string[];
  documentsOf(overview: StatusOverview): Iterable<RenderedDocument>;
}

export interface RenderedDocument {
  path: string;
  body: string;
  /** Content type and cache control at least. */
  headers: Record<string, string>;
}

/** `fixed` are headers of every document. */
export function createPublish(
  sources: readonly DocumentSource[],
  fixed: OutgoingHttpHeaders,
): Publish {
  return async (overview, before) => {
    const documents = new Map<string, Prepared>();
    for (const source of sources) {
      for (const { path, body, headers } of source.documentsOf(overview)) {
        const old = before?.documents.get(path);
        documents.set(
          path,
          old?.source === body ? old : await prepare(body, { ...fixed, ...headers }),
        );
      }
    }
    return { overview, documents, front: frontOf(documents, overview.page.languages) };
  };
}

/** `/` answers with a front page by the language that the browser asks for. */
function frontOf(
  documents: ReadonlyMap<string, Prepared>,
  languages: Languages,
): Publication['front'] {
  const pages = languages.map((locale) => {
    const page = documents.get(`/${locale}/`);
    if (!page) throw new Error(`There is no front page in ${locale}`);
    return [locale, withHeaders(page, { vary: 'Accept-Encoding, Accept-Language' })];
  });
  return Object.fromEntries(pages);
}
