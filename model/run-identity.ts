import { createHash } from 'node:crypto';
import { toChinaTime } from './china-time.ts';
import { journeyId } from './journey-id.ts';
import type { EpochMs } from './vocabulary.ts';

/** Identity of a run, from which its derived identifiers are computed. */
export interface RunIdentity {
  installation: string;
  check: string;
  slot_at: EpochMs;
}

/** The trace id of a run (32 hex digits), derived so that it need not be stored. */
export function traceId(run: RunIdentity): string {
  return digest(run).toString('hex', 0, 16);
}

/** The id of the run's root span (16 hex digits). */
export function spanId(run: RunIdentity): string {
  return digest(run).toString('hex', 16, 24);
}

/** The run's W3C `traceparent`, sampled. */
export function traceParent(run: RunIdentity): string {
  return `00-${traceId(run)}-${spanId(run)}-01`;
}

/**
 * The identity of a look for its trace id: the journey replaces the check, the start replaces the
 * slot.
 */
export function lookIdentity(look: LookKey): RunIdentity {
  return { installation: look.installation, check: journeyId(look), slot_at: look.started_at };
}

/** Unique key of a look. */
interface LookKey {
  installation: string;
  component: string;
  /** The invoice number. */
  number: string;
  started_at: EpochMs;
}

/**
 * The number of the invoice that a run uploads: the year of the slot, region 00, which does not
 * exist, and 16 digits of the run's hash. Deterministic, so that a run repeated after a crash
 * uploads the same invoice.
 */
export function specimenNumber(run: RunIdentity): string {
  const serial = digest(run).readBigUInt64BE(24) % 10n ** 16n;
  return `${toChinaTime(run.slot_at).slice(2, 4)}00${serial.toString().padStart(16, '0')}`;
}

function digest({ installation, check, slot_at }: RunIdentity): Buffer {
  return createHash('sha256').update(`${installation}|${check}|${slot_at}`).digest();
}
