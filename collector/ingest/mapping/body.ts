import { exactJson } from '../../../probes/systems/http/engine/exact-json.ts';
import type { CallbackMapping } from './schema.ts';

/** Deeper than any provider nests; what reads a value goes down as deep. */
const MOST_DEEP = 32;

/** The fields of a body, as it was sent; null: it has none. */
export function readFields(
  text: string,
  { body }: Pick<CallbackMapping, 'body'>,
): Record<string, unknown> | null {
  const fields = body === 'form' ? readForm(text) : readJson(text);
  return isObject(fields) ? fields : null;
}

/** Puts the JSON that is a text in its place; false: one of them is none. */
export function openTexts(
  fields: Record<string, unknown>,
  { json_in }: Pick<CallbackMapping, 'json_in'>,
): boolean {
  return json_in.every((name) => openText(fields, name.split('.')));
}

/** Of a name that is there more than once, the first value. */
function readForm(text: string): Record<string, unknown> {
  const pairs = [...new URLSearchParams(text)].reverse();
  return Object.fromEntries(pairs);
}

function readJson(text: string): unknown {
  return depthOf(text) > MOST_DEEP ? undefined : exactJson(text);
}

/** Puts what the text says in its place; false: it is no JSON. */
function openText(fields: Record<string, unknown>, names: readonly string[]): boolean {
  const [name = '', ...deeper] = names;
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (deeper.length > 0) return isObject(value) && openText(value, deeper);
  const opened = typeof value === 'string' ? readJson(value) : undefined;
  if (typeof opened !== 'object' || opened === null) return false;
  fields[name] = opened;
  return true;
}

/** How deep lists and objects are in each other, without reading them. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [mark] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (mark === '[' || mark === '{') depth += 1;
    else if (mark === ']' || mark === '}') depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
