import { createHash } from 'node:crypto';
import { toChinaTime } from '../../../model/china-time.ts';
import { type EventType, FAILURE_CODE, LONGEST_DURATION_MS } from '../../../model/event.ts';
import { iso } from '../../../model/time.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';
import { valuesAt } from '../../../probes/systems/http/engine/json-path.ts';
import { openTexts, readFields } from './body.ts';
import { isGarbled } from './charset.ts';
import {
  amountAt,
  firstText,
  invoiceAt,
  mappedText,
  type SideField,
  taxIdAt,
  timeAt,
  valueIn,
} from './fields.ts';
import type { CallbackMapping, Meaning } from './schema.ts';

/** What of a body could not be mapped: a key of the mapping. Never contains the body's content. */
export interface MappingProblem {
  pointer: string;
  detail: string;
}

/** A line as it is posted to `/ingest/events`. */
export interface MappedLine {
  text: string;
  /** Keys of the mapping of which the body has something that cannot be read. */
  left_out: string[];
}

/** What a body tells, and what of it cannot be mapped; neither: nothing that is counted. */
export interface MappedCallback {
  lines: MappedLine[];
  problems: MappingProblem[];
}

/** More invoices than one callback tells of. */
const MOST_ITEMS = 500;

/** What a body is mapped with. */
export interface MappedWith {
  mapping: CallbackMapping;
  /** The callback that it came by. */
  callback: string;
  /** The system of its events. */
  system: string;
  received_at: EpochMs;
}

/** What is to be told. */
interface Told extends Omit<Meaning, 'type'> {
  type: EventType;
}

/** Thrown where it is found: of the body, or of one of several invoices in it. */
class Unmapped extends Error {
  readonly problem: MappingProblem;
  constructor(pointer: string, detail: string) {
    super(detail);
    this.problem = { pointer, detail };
  }
}

/** The events that the body of a callback tells of. To be called within time. */
export function mapCallback(text: string, mapped_with: MappedWith): MappedCallback {
  const mapped: MappedCallback = { lines: [], problems: [] };
  noting(mapped, () => {
    // Of several one that cannot be mapped keeps no other back.
    for (const item of itemsOf(text, mapped_with.mapping))
      noting(mapped, () => {
        const line = lineOf(item, mapped_with);
        if (line !== null) mapped.lines.push(line);
      });
  });
  return mapped;
}

function noting({ problems }: MappedCallback, map: () => void): void {
  try {
    map();
  } catch (error) {
    if (!(error instanceof Unmapped)) throw error;
    problems.push(error.problem);
  }
}

/** The body itself, or it with each of several at `item`; none: it is one of those ignored. */
function itemsOf(text: string, mapping: CallbackMapping): unknown[] {
  const { when, ignored, each } = mapping;
  const body = readFields(text, mapping);
  if (body === null) throw new Unmapped('/body', 'is not what was sent: found no fields');
  // Asked first: other notices have other fields, or none that are JSON.
  const has = ([path, texts]: [string, string[]]) => texts.includes(firstText([path], body) ?? '');
  if (Object.entries(ignored).some(has)) return [];
  if (!Object.entries(when).every(has)) throw new Unmapped('/when', 'found none of its texts');
  if (!openTexts(body, mapping))
    throw new Unmapped('/json_in', 'found no JSON in a text, or no text');
  if (each === undefined) return [body];
  const items = valuesAt(each, body);
  if (items.length === 0) throw new Unmapped('/each', 'found nothing');
  if (items.length > MOST_ITEMS) throw new Unmapped('/each', 'found too many');
  return items.map((item) => ({ ...body, item }));
}

/** null: it is not to be told of. */
function lineOf(item: unknown, mapped_with: MappedWith): MappedLine | null {
  const { mapping, system } = mapped_with;
  const meaning = meaningOf(mapping, item);
  if (meaning.type === 'ignored') return null;
  const told: Told = { ...meaning, type: meaning.type };
  const left_out: string[] = [];
  /** What nobody needs is left out where it cannot be read. */
  const side = <T>(key: string, read: SideField<T>): T | undefined => {
    if (read === null) left_out.push(`/${key}`);
    return read ?? undefined;
  };
  const { at, is_receipt } = timeOf(told, item, mapped_with);
  const issued = side('issued', mapping.issued && timeAt(mapping.issued, item));
  const event = {
    key: keyOf(told, item, mapped_with),
    system,
    type: told.type,
    at: iso(at),
    ...(is_receipt && { at_latest: true }),
    ...side('number', invoiceAt(mapping, item)),
    amount: side('amount', amountAt(mapping, item)),
    tax_id: side('tax_id', taxIdAt(mapping, item)),
    issued: issued === undefined ? undefined : toChinaTime(issued),
    // Until it was told includes how long it took to tell.
    duration_ms: is_receipt ? undefined : side('began', durationOf(told, at, mapping, item)),
    function: told.function,
    ...(told.type === 'failed' ? failureOf(told, mapping, item) : { outcome: told.outcome }),
  };
  return { text: JSON.stringify(event), left_out };
}

function timeOf(
  { at: when }: Told,
  item: unknown,
  { mapping, received_at }: MappedWith,
): { at: EpochMs; is_receipt: boolean } {
  const receipt = { at: received_at, is_receipt: true };
  if (when === 'received') return receipt;
  const at = timeAt(mapping.at, item);
  if (at === null) throw new Unmapped('/at', `found no time that is ${mapping.at.time}`);
  if (at !== undefined) return { at, is_receipt: false };
  if (mapping.at.otherwise === undefined) throw new Unmapped('/at', 'found no time');
  return receipt;
}

/** Of a result, in ms. */
function durationOf(
  { type, outcome }: Told,
  at: EpochMs,
  { began }: CallbackMapping,
  item: unknown,
): SideField<number> {
  if (began === undefined || (type !== 'failed' && outcome !== 'ok')) return undefined;
  const from = timeAt(began, item);
  if (from === undefined || from === null) return from;
  return from > at || at - from > LONGEST_DURATION_MS ? null : at - from;
}

function failureOf({ outcome }: Told, mapping: CallbackMapping, item: unknown) {
  if (outcome === undefined && mapping.outcome !== undefined)
    requireText('/outcome', firstText(mapping.outcome.from, item));
  const code = mappedText(mapping.code, item);
  return {
    outcome: outcome ?? mappedText(mapping.outcome, item),
    // Some are sentences.
    code: code !== undefined && FAILURE_CODE.test(code) ? code : undefined,
  };
}

function meaningOf({ type }: CallbackMapping, item: unknown): Meaning {
  const text = firstText(type.from, item);
  if (text === null && type.from.some((path) => valuesAt(path, item).some(isStructure)))
    throw new Unmapped('/type', 'found no text');
  requireText('/type', text);
  const meaning = text === null ? type.absent : (valueIn(type.values, text) ?? type.otherwise);
  if (meaning !== undefined) return meaning;
  throw new Unmapped('/type', text === null ? 'found no value' : 'found a value without a meaning');
}

/** Whatever garbled words are none of would be blamed for what they do not say. */
function requireText(pointer: string, text: string | null): void {
  if (text !== null && isGarbled(text)) throw new Unmapped(pointer, 'found no text in its charset');
}

function isStructure(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/**
 * Hashed, because theirs may be of any characters; the first part says which it is. What it means
 * belongs to it, not their word for that; so does the callback: two of a system may count alike.
 */
function keyOf(
  { type, function: fn }: Told,
  item: unknown,
  { mapping, callback }: MappedWith,
): string {
  const parts = mapping.unique_by.map((paths) => firstText(paths, item));
  if (parts[0] === null) throw new Unmapped('/unique_by/0', 'found no value');
  const all = JSON.stringify([callback, type, fn ?? null, ...parts]);
  return createHash('sha256').update(all).digest('hex');
}
