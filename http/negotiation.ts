import type { Languages, Locale } from '../model/vocabulary.ts';

export const ENCODINGS = ['br', 'gzip', 'identity'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** The preferred encoding accepted by the client */
export function negotiateEncoding(accept_encoding: string | undefined): Encoding {
  if (!accept_encoding) return 'identity';
  const weights = parseWeights(accept_encoding);
  return (
    ENCODINGS.find((encoding) => (weights.get(encoding) ?? weights.get('*') ?? 0) > 0) ?? 'identity'
  );
}

/** The offered language that the client prefers, by default the first (RFC 9110 §12.5.4). */
export function negotiateLocale(accept_language: string | undefined, offered: Languages): Locale {
  let best: Locale = offered[0];
  let best_weight = 0;
  for (const [range, weight] of parseWeights(accept_language ?? '')) {
    const locale =
      offered.find((it) => it.toLowerCase() === range) ??
      offered.find((it) => primary(it) === primary(range));
    if (locale !== undefined && weight > best_weight) {
      best = locale;
      best_weight = weight;
    }
  }
  return best;
}

/** Whether the client would rather have a page than a document for programs, as browsers do. */
export function prefersHtml(accept: string | undefined): boolean {
  const weights = parseWeights(accept ?? '');
  const weightOf = (type: string) => weights.get(type) ?? 0;
  const page = weightOf('text/html');
  const document = Math.max(weightOf('application/json'), weightOf('application/problem+json'));
  return page > 0 && page >= document;
}

/** Whether a scraper names OpenMetrics, and prefers no other text: Prometheus does. */
export function prefersOpenMetrics(accept: string | undefined): boolean {
  const weights = parseWeights(accept ?? '');
  const weight = weights.get('application/openmetrics-text') ?? 0;
  return weight > 0 && weight >= (weights.get('text/plain') ?? 0);
}

function primary(tag: string): string {
  return tag.split('-', 1)[0]?.toLowerCase() ?? '';
}

/** Bounds parsing; browsers send shorter lists. */
const MAX_ITEMS = 20;

function parseWeights(header: string): Map<string, number> {
  const weights = new Map<string, number>();
  for (const item of header.split(',', MAX_ITEMS)) {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    const weight = q === undefined ? 1 : Number(q.slice(2));
    if (name !== '') weights.set(name, Number.isFinite(weight) ? weight : 0);
  }
  return weights;
}
