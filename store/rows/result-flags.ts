import type { Integrity } from '../../model/result.ts';
import { formats, verdicts } from './codes.ts';

/**
 * Bits of `flags`: 0 confirming, 1 simulated, 2–3 file format (0: no file), 4–6 integrity verdict.
 * Fits one byte.
 */
const CONFIRMING = 1;
const SIMULATED = 2;
const FORMAT_SHIFT = 2;
const FORMAT_MASK = 0b11;
const VERDICT_SHIFT = 4;
const VERDICT_MASK = 0b111;

export interface ResultFlags {
  confirming: boolean;
  simulated: boolean;
  integrity: Pick<Integrity, 'format' | 'verdict'> | null;
}

export function packFlags({ confirming, simulated, integrity }: ResultFlags): number {
  return (
    (confirming ? CONFIRMING : 0) |
    (simulated ? SIMULATED : 0) |
    (integrity === null
      ? 0
      : (formats.code(integrity.format) << FORMAT_SHIFT) |
        (verdicts.code(integrity.verdict) << VERDICT_SHIFT))
  );
}

export function unpackFlags(flags: number): ResultFlags {
  const format = (flags >> FORMAT_SHIFT) & FORMAT_MASK;
  const verdict = (flags >> VERDICT_SHIFT) & VERDICT_MASK;
  return {
    confirming: (flags & CONFIRMING) !== 0,
    simulated: (flags & SIMULATED) !== 0,
    integrity:
      format === 0 ? null : { format: formats.word(format), verdict: verdicts.word(verdict) },
  };
}
