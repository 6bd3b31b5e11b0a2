import type { Languages } from '../../model/vocabulary.ts';
import type { Address, RouteKind } from '../kit/route.ts';

/** Finds the row of a path; null when there is none. */
export type FindRoute = (path: string) => Address | null;

/** Rows in matching order: paths with fewer parameters first. */
export function bySpecificity<Row extends Address>(rows: readonly Row[]): Row[] {
  const names = ({ path }: Row) => path.split(':').length;
  return rows.toSorted((a, b) => names(a) - names(b));
}

/** Paths without parameters are looked up; others are matched in order. */
export function createFindRoute(rows: readonly Address[], languages: Languages): FindRoute {
  const exact = new Map<string, Address>();
  const patterns: { pattern: RegExp; row: Address }[] = [];
  for (const row of bySpecificity(rows)) {
    for (const path of expandPath(row.path, languages)) {
      if (!path.includes(':')) exact.set(path, row);
      else patterns.push({ pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`), row });
    }
  }
  return (path) =>
    exact.get(path) ?? patterns.find(({ pattern }) => pattern.test(path))?.row ?? null;
}

/** The paths of a row: one per language, with `values` for the parameters. */
export function expandPath(
  path: string,
  languages: Languages,
  values: Readonly<Record<string, string>> = {},
): string[] {
  const named = path.replace(/:(\w+)/g, (whole, name: string) => values[name] ?? whole);
  return named.includes(':lang')
    ? languages.map((locale) => named.replace(':lang', locale))
    : [named];
}

/** The router pattern of a row; `:lang` matches only the page's languages. */
export function routerPath(path: string, languages: Languages): string {
  return path.replace(':lang', `:lang{(?:${languages.join('|')})}`);
}

/**
 * Compares prerendered paths with the rows marked ready.
 * @throws when one of them has no row, or a row has none
 */
export function checkReadyPaths(
  rows: readonly Address[],
  paths: readonly string[],
  languages: Languages,
): void {
  const findRow = createFindRoute(rows, languages);
  const stray = paths.find((path) => findRow(path) === null);
  if (stray !== undefined) throw new Error(`${stray} is kept ready, but has no row`);
  const named = rows
    .flatMap(({ path }) => expandPath(path, languages))
    .filter((it) => !it.includes(':'));
  const missing = named.find((path) => !paths.includes(path));
  if (missing !== undefined) throw new Error(`${missing} has a row, but nothing is kept ready`);
}

/** Values of the metric label `route`. */
type RouteClass =
  | 'page'
  | 'feed'
  | 'api'
  | 'asset'
  | 'live'
  | 'outside'
  | 'admin'
  | 'demo'
  | 'other';

const CLASSES: Record<RouteKind, RouteClass> = {
  document: 'page',
  page: 'page',
  form: 'page',
  api: 'api',
  feed: 'feed',
  outside: 'outside',
  asset: 'asset',
  file: 'other',
  live: 'live',
  redirect: 'other',
  demo: 'demo',
};

/** A bounded set of label values, regardless of the requested path. */
export function routeClass(row: Pick<Address, 'kind' | 'wing'> | null): RouteClass {
  if (row === null) return 'other';
  return row.wing === 'admin' ? 'admin' : CLASSES[row.kind];
}
