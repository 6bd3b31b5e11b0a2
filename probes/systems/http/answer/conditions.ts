import type { Conditions, Wanted } from '../settings/places.ts';
import { rendered, type Values } from '../template/template.ts';
import { jsonAt, xmlAt } from './places.ts';
import type { Reader } from './reader.ts';

/**
 * The first condition that an answer does not meet, in words of the configuration; null: it meets
 * all. A status that is not named must be 200.
 */
export function unmet(conditions: Conditions, reader: Reader, values: Values): string | null {
  const { status = 200, json = {}, xml = {}, header = {}, text = [], without = [] } = conditions;
  const { answer } = reader;
  if (![status].flat().includes(answer.status)) return `status ${[status].flat().join(', ')}`;
  const filled = (it: string) => rendered(it, values);
  const missing = [
    ...unmetAt('json', json, (path) => jsonAt(path, reader), filled),
    ...unmetAt('xml', xml, (path) => xmlAt(path, reader), filled),
    ...unmetAt('header', header, (name) => [answer.headers[name] ?? []].flat(), filled),
  ];
  if (missing[0] !== undefined) return missing[0];
  const shows = (it: string) => (reader.text() ?? '').includes(filled(it));
  const wanted = [text].flat();
  if (wanted.length > 0 && !wanted.some(shows)) return 'text';
  return [without].flat().some(shows) ? 'without' : null;
}

function unmetAt(
  kind: string,
  all: Record<string, Wanted>,
  valuesOf: (place: string) => unknown[],
  filled: (template: string) => string,
): string[] {
  return Object.entries(all)
    .filter(([place, wanted]) => !isMet(wanted, valuesOf(place), filled))
    .map(([place]) => `${kind} ${place}`);
}

/** One of the values is as wanted; texts and numbers that look the same are the same. */
function isMet(wanted: Wanted, values: unknown[], filled: (it: string) => string): boolean {
  if (typeof wanted === 'object' && wanted !== null && !Array.isArray(wanted)) {
    if ('exists' in wanted) return values.length > 0 === wanted.exists;
    const expression = new RegExp(wanted.matches, 'u');
    return values.some((it) => isScalar(it) && expression.test(String(it)));
  }
  const texts = [wanted].flat().map((it) => (typeof it === 'string' ? filled(it) : String(it)));
  return values.some((it) => isScalar(it) && texts.includes(String(it)));
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value !== 'object';
}
