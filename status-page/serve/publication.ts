import type { OutgoingHttpHeaders } from 'node:http';
import type { StatusOverview } from '../../model/overview.ts';
import type { EpochMs, Languages, Locale } from '../../model/vocabulary.ts';
import { type Prepared, prepare, withHeaders } from './prepared.ts';

/** A published overview: fully rendered and compressed. */
export interface Publication {
  overview: StatusOverview;
  /** By path. */
  documents: ReadonlyMap<string, Prepared>;
  /** Responses in the language that is asked for: by path, then by language. */
  negotiated: ReadonlyMap<string, Readonly<Record<Locale, Prepared>>>;
}

/** Renders an overview; unchanged documents are reused from the previous publication. */
export type Publish = (
  overview: StatusOverview,
  before: Publication | null,
) => Promise<Publication>;

/** A wing's public documents, rendered for every overview. */
export interface DocumentSource {
  /** Paths of its documents. */
  paths: readonly string[];
  /**
   * Paths at which one of them is in the language that is asked for: `/x` of `/zh-CN/x`, `/en/x` ….
   */
  negotiated?: readonly string[];
  documentsOf(overview: StatusOverview): Iterable<RenderedDocument>;
}

export interface RenderedDocument {
  path: string;
  body: string;
  /** Content type, and cache control unless `valid_until` is set, at least. */
  headers: Record<string, string>;
  /**
   * Set where caches may keep it until then, and say so: the end of what it tells; null: it tells
   * that nothing is known.
   */
  valid_until?: EpochMs | null;
}

/** `fixed` are headers of every document. */
export function createPublish(
  sources: readonly DocumentSource[],
  fixed: OutgoingHttpHeaders,
): Publish {
  const paths = sources.flatMap(({ negotiated = [] }) => negotiated);
  const vary = createVary();
  return async (overview, before) => {
    const documents = new Map<string, Prepared>();
    for (const source of sources) {
      for (const { path, body, headers, valid_until } of source.documentsOf(overview)) {
        const old = before?.documents.get(path);
        const prepared = old?.source === body ? old : await prepare(body, { ...fixed, ...headers });
        documents.set(path, valid_until === undefined ? prepared : { ...prepared, valid_until });
      }
    }
    const { languages } = overview.page;
    const negotiated = new Map(
      paths.map((path) => [path, inEach(path, languages, (it) => vary(documents.get(it)))]),
    );
    return { overview, documents, negotiated };
  };
}

function inEach(
  path: string,
  languages: Languages,
  find: (path: string) => Prepared | null,
): Readonly<Record<Locale, Prepared>> {
  const versions = languages.map((locale) => {
    const version = find(`/${locale}${path}`);
    if (!version) throw new Error(`There is no ${path} in ${locale}`);
    return [locale, version];
  });
  return Object.fromEntries(versions);
}

const LANGUAGES_TOO = 'Accept-Encoding, Accept-Language';

/** Tells caches that it depends on the language asked for; made once for what stays the same. */
function createVary(): (prepared: Prepared | undefined) => Prepared | null {
  const made = new WeakMap<Prepared['variants'], Prepared['variants']>();
  return (prepared) => {
    if (prepared === undefined) return null;
    const variants =
      made.get(prepared.variants) ?? withHeaders(prepared, { vary: LANGUAGES_TOO }).variants;
    made.set(prepared.variants, variants);
    return { ...prepared, variants };
  };
}
