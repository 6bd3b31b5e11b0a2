import { IntegrityError } from '../../shared/integrity-error.ts';
import { decodeStream } from '../filters/decode.ts';
import { type PdfStream, type PdfValue, readValue } from '../syntax/objects.ts';
import { cursorAt, type PdfSource, spend } from '../syntax/source.ts';
import { entriesOf, itemsOf, nameOf, numberOf } from '../syntax/values.ts';
import { openObjectStream } from './document.ts';
import { filtersOf, rawData, readObjectAt } from './indirect.ts';
import { objectHeaders } from './scan.ts';

/** Of 32 MB inflated, at two units a byte: about 300 ms here. */
const MOST_WORK = 64_000_000;

/** What was counted of a file so far. */
interface Bulk {
  source: PdfSource;
  /** By object number: where such objects are. */
  offsets: Map<number, number[]>;
  /** By object number: the work of its data, and how often it is referred to. */
  costs: Map<number, number>;
  references: Map<number, number>;
}

/**
 * Whether all that a file holds, used or not, is small enough for a reader whose memory nothing
 * bounds: its streams when decoded as often as they are referred to, and its pictures when drawn.
 */
export function isSmallDecoded(bytes: Uint8Array): boolean {
  const source: PdfSource = { bytes, work: { left: MOST_WORK, malformed: null, hidden: null } };
  const bulk: Bulk = { source, offsets: new Map(), costs: new Map(), references: new Map() };
  try {
    for (const { number, at } of objectHeaders(source)) {
      const known = bulk.offsets.get(number);
      if (known === undefined) bulk.offsets.set(number, [at]);
      else known.push(at);
    }
    for (const at of [...bulk.offsets.values()].flat()) countObject(bulk, at);
    let total = 0;
    for (const [number, cost] of bulk.costs) {
      total += cost * Math.max(1, bulk.references.get(number) ?? 0);
    }
    return total <= MOST_WORK;
  } catch (error) {
    if (isTooLarge(error)) return false;
    throw error;
  }
}

/** Damaged data counts as far as it decodes. */
function countObject(bulk: Bulk, at: number): void {
  try {
    const value = readObjectAt(bulk.source, at)?.value;
    if (value === undefined) return;
    countReferences(bulk, value);
    if (value.kind === 'stream') countStream(bulk, value);
  } catch (error) {
    if (!(error instanceof IntegrityError) || isTooLarge(error)) throw error;
  }
}

function countReferences({ references }: Bulk, value: PdfValue): void {
  const waiting = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === 'reference') {
      references.set(next.number, (references.get(next.number) ?? 0) + 1);
    }
    for (const item of itemsOf(next)) waiting.push(item);
    for (const entry of entriesOf(next).values()) waiting.push(entry);
  }
}

function countStream(bulk: Bulk, stream: PdfStream): void {
  const { source, costs } = bulk;
  const { entries, from, number } = stream;
  const before = source.work.left;
  try {
    if (nameOf(entries.get('Subtype')) === 'Image') {
      const pixels = numberOf(entries.get('Width'), 0) * numberOf(entries.get('Height'), 0);
      spend(source.work, Math.max(0, pixels));
    }
    const data = rawData(source, from, numberOf(entries.get('Length'), -1));
    const filters = filtersOf(entries, (value) => resolve(bulk, value));
    const decoded = decodeStream(data, filters, source.work, '');
    if (nameOf(entries.get('Type')) !== 'ObjStm') return;
    const { content, offsets } = openObjectStream(source, stream, decoded);
    for (const at of offsets.values()) countReferences(bulk, readValue(cursorAt(content, at)));
  } finally {
    costs.set(number, (costs.get(number) ?? 0) + before - source.work.left);
  }
}

function resolve({ source, offsets }: Bulk, value: PdfValue | undefined): PdfValue {
  if (value?.kind !== 'reference') return value ?? { kind: 'null' };
  const [at, ...others] = offsets.get(value.number) ?? [];
  // Which one readers take is not known here.
  if (at === undefined || others.length > 0) throw new IntegrityError('too_large', 'a filter');
  return readObjectAt(source, at)?.value ?? { kind: 'null' };
}

function isTooLarge(error: unknown): boolean {
  return error instanceof IntegrityError && error.reason === 'too_large';
}
