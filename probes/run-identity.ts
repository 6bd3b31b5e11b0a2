import { createHash } from 'node:crypto';
import { toChinaTime } from '../model/china-time.ts';
import { journeyId } from '../model/journey-id.ts';
import type { EpochMs } from '../model/vocabulary.ts';

/** One run of one check of one installation: what every derived identifier is derived from. */
export interface RunIdentity {
  installation: string;
  check: string;
  slot_at: EpochMs;
}

/**
 * The trace id of a run (32 hex digits): whoever knows the run can name its trace, and nothing need
 * be stored.
 */
export function traceId(run: RunIdentity): string {
  return digest(run).toString('hex', 0, 16);
}

/** The id of the span that is the run itself (16 hex digits). */
export function spanId(run: RunIdentity): string {
  return digest(run).toString('hex', 16, 24);
}

/** The run's W3C `traceparent`, sampled. */
export function traceParent(run: RunIdentity): string {
  return `00-${traceId(run)}-${spanId(run)}-01`;
}

/**
 * What a look's trace id is derived from: its journey takes the place of the check, its start that
 * of the slot.
 */
export function lookIdentity(look: LookKey): RunIdentity {
  return { installation: look.installation, check: journeyId(look), slot_at: look.started_at };
}

/** What tells one look from all others. */
interface LookKey {
  installation: string;
  component: string;
  /** Of the invoice that is looked for. */
  number: string;
  started_at: EpochMs;
}

/**
 * The number of the invoice that a run uploads: the slot's year, region 00 which exists nowhere,
 * and 16 digits of the run's hash; so a run repeated after a crash uploads the same invoice again
 * instead of another one.
 */
export function specimenNumber(run: RunIdentity): string {
  const serial = digest(run).readBigUInt64BE(24) % 10n ** 16n;
  return `${toChinaTime(run.slot_at).slice(2, 4)}00${serial.toString().padStart(16, '0')}`;
}

function digest({ installation, check, slot_at }: RunIdentity): Buffer {
  return createHash('sha256').update(`${installation}|${check}|${slot_at}`).digest();
}
