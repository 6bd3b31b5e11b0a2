import { IntegrityError } from '../../shared/integrity-error.ts';
import { decodeStream } from '../filters/decode.ts';
import type { PdfStream, PdfValue } from '../syntax/objects.ts';
import { type PdfSource, spend } from '../syntax/source.ts';
import { nameOf, numberOf } from '../syntax/values.ts';
import { filtersOf, rawData, readObjectAt } from './indirect.ts';
import { objectHeaders } from './scan.ts';

/** Of 32 MB inflated, at two units a byte: about 300 ms here. */
const MOST_WORK = 64_000_000;

/**
 * Whether all that a file holds, used or not, is small enough for a reader whose memory nothing
 * bounds: its streams when decoded, and its pictures when drawn.
 */
export function isSmallDecoded(bytes: Uint8Array): boolean {
  const source: PdfSource = { bytes, work: { left: MOST_WORK, malformed: null, hidden: null } };
  try {
    const offsets = new Map<number, number[]>();
    for (const { number, at } of objectHeaders(source)) {
      const known = offsets.get(number);
      if (known === undefined) offsets.set(number, [at]);
      else known.push(at);
    }
    for (const at of [...offsets.values()].flat()) spendObject(source, offsets, at);
    return true;
  } catch (error) {
    if (isTooLarge(error)) return false;
    throw error;
  }
}

/** Damaged data counts as far as it decodes. */
function spendObject(source: PdfSource, offsets: Map<number, number[]>, at: number): void {
  try {
    const value = readObjectAt(source, at)?.value;
    if (value?.kind === 'stream') spendStream(source, offsets, value);
  } catch (error) {
    if (!(error instanceof IntegrityError) || isTooLarge(error)) throw error;
  }
}

function spendStream(
  source: PdfSource,
  offsets: Map<number, number[]>,
  { entries, from }: PdfStream,
): void {
  const resolve = (value: PdfValue | undefined): PdfValue => {
    if (value?.kind !== 'reference') return value ?? { kind: 'null' };
    const [at, ...others] = offsets.get(value.number) ?? [];
    // Which one readers take is not known here.
    if (at === undefined || others.length > 0) throw new IntegrityError('too_large', 'a filter');
    return readObjectAt(source, at)?.value ?? { kind: 'null' };
  };
  if (nameOf(entries.get('Subtype')) === 'Image') {
    const pixels = numberOf(entries.get('Width'), 0) * numberOf(entries.get('Height'), 0);
    spend(source.work, Math.max(0, pixels));
  }
  const data = rawData(source, from, numberOf(entries.get('Length'), -1));
  decodeStream(data, filtersOf(entries, resolve), source.work, '');
}

function isTooLarge(error: unknown): boolean {
  return error instanceof IntegrityError && error.reason === 'too_large';
}
