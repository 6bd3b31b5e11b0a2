import { canonicalNumeral } from '../engine/numeral.ts';
import { rootName } from '../engine/xml-nodes.ts';
import type { Conditions, Wanted } from '../settings/places.ts';
import { isToBeThere } from '../settings/says.ts';
import { rendered, type Values } from '../template/template.ts';
import { jsonAt, xmlAt } from './places.ts';
import type { Reader } from './reader.ts';

/**
 * The first condition that an answer does not meet, in words of the configuration; null: it meets
 * all. A status that is not named must be 200, and what places are named in is to be JSON or XML.
 */
export function unmet(conditions: Conditions, reader: Reader, values: Values): string | null {
  const { status = 200, json = {}, xml = {}, header = {}, text = [], without = [] } = conditions;
  const { answer } = reader;
  if (![status].flat().includes(answer.status)) return `status ${[status].flat().join(', ')}`;
  const other_kind = ofOtherKind(conditions, reader);
  if (other_kind !== null) return other_kind;
  const filled = (it: string) => rendered(it, values);
  const missing = [
    ...unmetAt('json', json, (path) => jsonAt(path, reader), filled),
    ...unmetAt('xml', xml, (path) => xmlAt(path, reader), filled),
    ...unmetAt('header', header, (name) => [answer.headers[name] ?? []].flat(), filled),
  ];
  if (missing[0] !== undefined) return missing[0];
  // A value may be empty, as the date of issue of `unknown`: any page contains that.
  const shows = (it: string) => {
    const words = filled(it);
    return words !== '' && (reader.text() ?? '').includes(words);
  };
  const wanted = [text].flat();
  if (wanted.length > 0 && !wanted.some(shows)) return 'text';
  return [without].flat().some(shows) ? 'without' : null;
}

/**
 * What an answer is to be by its conditions, and is not: any page lacks what is not to be there. A
 * page may be XML, too.
 */
export function ofOtherKind({ json, xml }: Conditions, reader: Reader): 'json' | 'xml' | null {
  if (json !== undefined && reader.json() === undefined) return 'json';
  if (xml === undefined) return null;
  const root = reader.xml();
  if (root === null) return 'xml';
  const is_page = rootName(root)?.toLowerCase() === 'html';
  return is_page && !Object.values(xml).some(isToBeThere) ? 'xml' : null;
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

/** One of the values is as wanted. */
function isMet(wanted: Wanted, values: unknown[], filled: (it: string) => string): boolean {
  if (typeof wanted === 'object' && wanted !== null && !Array.isArray(wanted)) {
    if ('exists' in wanted) return values.some(isThere) === wanted.exists;
    const expression = new RegExp(wanted.matches, 'u');
    return values.some((it) => isScalar(it) && expression.test(String(it)));
  }
  const all = [wanted].flat().map((it) => (typeof it === 'string' ? filled(it) : it));
  return values.some((value) => isScalar(value) && all.some((it) => isSame(it, value)));
}

/** As for values that are kept: what is empty is not there. */
function isThere(value: unknown): boolean {
  return value !== null && value !== '';
}

/** Texts and numbers that look the same are the same, and numbers of the same value. */
function isSame(one: unknown, other: unknown): boolean {
  if (String(one) === String(other)) return true;
  if (typeof one !== 'number' && typeof other !== 'number') return false;
  const numeral = canonicalNumeral(String(one));
  return numeral !== null && numeral === canonicalNumeral(String(other));
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value !== 'object';
}
