import { createHash } from 'node:crypto';
import { toChinaTime } from '../../../model/china-time.ts';
import {
  AMOUNT,
  FAILURE_CODE,
  functionEndedBy,
  functionOfEvent,
  INVOICE_NUMBER,
} from '../../../model/event.ts';
import { iso } from '../../../model/time.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';
import { valuesAt } from '../../../probes/systems/http/engine/json-path.ts';
import { readBody } from './body.ts';
import type { CallbackMapping, MappedText, MappedTime, Meaning } from './schema.ts';
import { readTime } from './times.ts';

/** What of a body could not be mapped: a key of the mapping. Never contains the body's content. */
export interface MappingProblem {
  pointer: string;
  detail: string;
}

/** Lines as they are posted to `/ingest/events`; none: there is nothing to be told. */
export type MappedCallback = { lines: string[] } | { problems: MappingProblem[] };

/** More invoices than one callback tells of. */
const MOST_ITEMS = 500;

const UNREADABLE = {
  body: 'is not what was sent: found no fields',
  json_in: 'found no JSON in a text, or no text',
};

/** What a body is mapped with. */
export interface MappedWith {
  mapping: CallbackMapping;
  /** The system of its events. */
  system: string;
  received_at: EpochMs;
}

/** Thrown where it is found, since a body is mapped wholly or not at all. */
class Unmapped extends Error {
  readonly problem: MappingProblem;
  constructor(pointer: string, detail: string) {
    super(detail);
    this.problem = { pointer, detail };
  }
}

/** The events that the body of a callback tells of. To be called within time. */
export function mapCallback(text: string, mapped_with: MappedWith): MappedCallback {
  const { mapping } = mapped_with;
  try {
    const read = readBody(text, mapping);
    if ('wrong' in read) throw new Unmapped(`/${read.wrong}`, UNREADABLE[read.wrong]);
    const { fields } = read;
    if (!isMeant(mapping, fields)) return { lines: [] };
    const told = itemsOf(mapping, fields).flatMap((item) => eventOf(item, mapped_with) ?? []);
    return { lines: told.map((event) => JSON.stringify(event)) };
  } catch (error) {
    if (error instanceof Unmapped) return { problems: [error.problem] };
    throw error;
  }
}

function isMeant({ when }: CallbackMapping, body: unknown): boolean {
  return Object.entries(when).every(([path, texts]) =>
    texts.includes(firstText([path], body) ?? ''),
  );
}

/** The body itself, or it with each of several at `item`. */
function itemsOf({ each }: CallbackMapping, body: Record<string, unknown>): unknown[] {
  if (each === undefined) return [body];
  const items = valuesAt(each, body);
  if (items.length === 0) throw new Unmapped('/each', 'found nothing');
  if (items.length > MOST_ITEMS) throw new Unmapped('/each', 'found too many');
  return items.map((item) => ({ ...body, item }));
}

/** null: it is not to be told of. */
function eventOf(item: unknown, { mapping, system, received_at }: MappedWith) {
  const meaning = meaningOf(mapping, item);
  if (meaning.type === 'ignored') return null;
  const at = timeAt('/at', mapping.at, item) ?? (mapping.at.otherwise ? received_at : null);
  if (at === null) throw new Unmapped('/at', 'found no time');
  const began = mapping.began && timeAt('/began', mapping.began, item);
  const issued = mapping.issued && timeAt('/issued', mapping.issued, item);
  const number = textAt(mapping.number, item);
  // A fully digital invoice on paper has both.
  const is_short = number !== undefined && !INVOICE_NUMBER.test(number);
  const done = functionEndedBy(meaning.type);
  return {
    key: keyOf(mapping, item),
    system,
    type: meaning.type,
    at: iso(at),
    number,
    invoice_code: is_short ? textAt(mapping.invoice_code, item) : undefined,
    amount: amountAt(mapping, item),
    tax_id: textAt(mapping.tax_id, item),
    issued: issued == null ? undefined : toChinaTime(issued),
    duration_ms: began == null || began > at ? undefined : at - began,
    // Who tells of each invoice tells of the good ones, too, also without their duration.
    ...(done && { outcome: 'ok' }),
    // Not a step of another, where nothing tells of its own.
    ...(done && done !== functionOfEvent(meaning.type, []) && { function: done }),
    ...(meaning.type === 'failed' && failureOf(meaning, mapping, item)),
  };
}

function failureOf(
  { function: fn, outcome }: Exclude<Meaning, { type: 'ignored' }>,
  mapping: CallbackMapping,
  item: unknown,
) {
  const code = textAt(mapping.code, item);
  return {
    function: fn,
    outcome: outcome ?? textAt(mapping.outcome, item),
    // Some are sentences.
    code: code !== undefined && FAILURE_CODE.test(code) ? code : undefined,
  };
}

function meaningOf({ type }: CallbackMapping, item: unknown): Meaning {
  const text = firstText(type.from, item);
  const meaning = text === null ? type.absent : (valueIn(type.values, text) ?? type.otherwise);
  if (meaning !== undefined) return meaning;
  throw new Unmapped('/type', text === null ? 'found no value' : 'found a value without a meaning');
}

/** Hashed, because theirs may be of any characters; the first part says which it is. */
function keyOf({ unique_by }: CallbackMapping, item: unknown): string {
  const parts = unique_by.map((paths) => firstText(paths, item));
  if (parts[0] === null) throw new Unmapped('/unique_by/0', 'found no value');
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function textAt(mapped: MappedText | undefined, item: unknown): string | undefined {
  if (mapped === undefined) return undefined;
  const { from, values = {}, matches = {}, otherwise } = mapped;
  const text = firstText(from, item);
  if (text === null) return otherwise;
  const by_table = valueIn(values, text);
  if (by_table !== undefined) return by_table;
  const match = Object.entries(matches).find(([pattern]) => new RegExp(pattern, 'u').test(text));
  const is_table = mapped.values !== undefined || mapped.matches !== undefined;
  return match?.[1] ?? otherwise ?? (is_table ? undefined : text);
}

/** In yuan. */
function amountAt({ amount }: CallbackMapping, item: unknown): string | undefined {
  const text = amount === undefined ? null : firstText(amount.from, item);
  if (amount === undefined || text === null) return undefined;
  const is_fen = amount.unit === 'fen';
  if (!(is_fen ? /^-?\d{1,14}$/ : AMOUNT).test(text))
    throw new Unmapped('/amount', `found no amount in ${amount.unit}`);
  return is_fen ? (Number(text) / 100).toFixed(2) : text;
}

function valueIn<T>(table: Readonly<Record<string, T>>, text: string): T | undefined {
  return Object.hasOwn(table, text) ? table[text] : undefined;
}

/** null: there is none. */
function timeAt(pointer: string, mapped: MappedTime, item: unknown): EpochMs | null {
  const text = firstText(mapped.from, item);
  if (text === null) return null;
  const at = readTime(text, mapped);
  if (at === null) throw new Unmapped(pointer, `found no time that is ${mapped.time}`);
  return at;
}

/** The first that is not empty. */
function firstText(paths: readonly string[], item: unknown): string | null {
  for (const path of paths) {
    for (const value of valuesAt(path, item)) {
      if (value === null || typeof value === 'object') continue;
      const text = String(value).trim();
      if (text !== '') return text;
    }
  }
  return null;
}
