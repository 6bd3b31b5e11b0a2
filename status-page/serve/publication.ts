import type { OutgoingHttpHeaders } from 'node:http';
import type { StatusOverview } from '../../model/overview.ts';
import type { Languages, Locale } from '../../model/vocabulary.ts';
import { type Prepared, prepare, withHeaders } from './prepared.ts';

/** A published overview: fully rendered and compressed. */
export interface Publication {
  overview: StatusOverview;
  /** By path. */
  documents: ReadonlyMap<string, Prepared>;
  /** Documents whose language the request chooses, by path and language. */
  negotiated: ReadonlyMap<string, ByLanguage>;
}

type ByLanguage = Readonly<Record<Locale, Prepared>>;

/** Renders an overview; unchanged documents are reused from the previous publication. */
export type Publish = (
  overview: StatusOverview,
  before: Publication | null,
) => Promise<Publication>;

/** A wing's public documents, rendered for every overview. */
export interface DocumentSource {
  /** Paths of its documents. */
  paths: readonly string[];
  /** Those that are also there without their language before it, in the one asked for. */
  negotiated: readonly string[];
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
  const negotiated_paths = sources.flatMap(({ negotiated }) => negotiated);
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
    const { languages } = overview.page;
    const negotiated = new Map(
      negotiated_paths.map((path) => [path, byLanguage(path, documents, languages)]),
    );
    return { overview, documents, negotiated };
  };
}

/** What is at a path without a language, by the language that the request asks for. */
function byLanguage(
  path: string,
  documents: ReadonlyMap<string, Prepared>,
  languages: Languages,
): ByLanguage {
  const found = languages.map((locale) => {
    const document = documents.get(`/${locale}${path}`);
    if (!document) throw new Error(`There is no ${path} in ${locale}`);
    return [locale, withHeaders(document, { vary: 'Accept-Encoding, Accept-Language' })];
  });
  return Object.fromEntries(found);
}
