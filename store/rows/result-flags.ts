import type { Integrity } from '../../model/result.ts';
import { checkedWords, formats, verdicts } from './codes.ts';

/**
 * Bits of `flags`: 0 confirming, 1 simulated, 2–3 file format (0: no file), 4–5 verdict on the
 * file, 6–7 what it rests on; 8 void. Without the last it fits one byte.
 */
const CONFIRMING = 1;
const SIMULATED = 2;
const FORMAT_SHIFT = 2;
const VERDICT_SHIFT = 4;
const CHECKED_SHIFT = 6;
const TWO_BITS = 0b11;
/** Of a slot that lies after a wall clock that was set back. No result is read from a void row. */
export const VOID = 256;

export interface ResultFlags {
  confirming: boolean;
  simulated: boolean;
  integrity: Pick<Integrity, 'format' | 'verdict' | 'checked'> | null;
}

export function packFlags({ confirming, simulated, integrity }: ResultFlags): number {
  return (
    (confirming ? CONFIRMING : 0) |
    (simulated ? SIMULATED : 0) |
    (integrity === null
      ? 0
      : (formats.code(integrity.format) << FORMAT_SHIFT) |
        (verdicts.code(integrity.verdict) << VERDICT_SHIFT) |
        (checkedWords.code(integrity.checked) << CHECKED_SHIFT))
  );
}

export function unpackFlags(flags: number): ResultFlags {
  const part = (shift: number) => (flags >> shift) & TWO_BITS;
  const format = part(FORMAT_SHIFT);
  return {
    confirming: (flags & CONFIRMING) !== 0,
    simulated: (flags & SIMULATED) !== 0,
    integrity:
      format === 0
        ? null
        : {
            format: formats.word(format),
            verdict: verdicts.word(part(VERDICT_SHIFT)),
            checked: checkedWords.word(part(CHECKED_SHIFT)),
          },
  };
}
