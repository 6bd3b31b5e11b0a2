import { valuesAt } from '../engine/json-path.ts';
import { textsAt } from '../engine/x-path.ts';
import type { AnswerPlace } from '../settings/places.ts';
import type { Reader } from './reader.ts';

export function jsonAt(path: string, reader: Reader): unknown[] {
  const json = reader.json();
  return json === undefined ? [] : valuesAt(path, json);
}

export function xmlAt(path: string, reader: Reader): string[] {
  const root = reader.xml();
  return root === null ? [] : textsAt(path, root);
}

/** The first value at a place as text; null: there is none. Objects and lists as JSON text. */
export function firstTextAt(place: AnswerPlace, reader: Reader): string | null {
  if ('json' in place) return asText(jsonAt(place.json, reader)[0]);
  if ('xml' in place) return asText(xmlAt(place.xml, reader)[0]);
  if ('header' in place) return asText(reader.header(place.header));
  const match = new RegExp(place.matches, 'u').exec(reader.text() ?? '');
  return asText(match?.[1] ?? match?.[0]);
}

export function describePlace(place: AnswerPlace): string {
  const [[kind = '', at = ''] = []] = Object.entries(place);
  return `${kind} ${at}`;
}

function asText(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
