import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { toChinaTime } from '../model/china-time.ts';
import { journeyId } from '../model/journey-id.ts';
import type { EpochMs } from '../model/vocabulary.ts';

const MANIFEST = new URL('../package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { version: string };

/**
 * The name under which we measure, with an address for complaints. Header values are printable
 * ASCII.
 */
export function userAgent(contact: string): string {
  return `Piaokuang/${version} (+${contact.replace(/[^\x20-\x7e]/g, '?')})`;
}

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
export function lookIdentity({
  installation,
  component,
  number,
  started_at,
}: {
  installation: string;
  component: string;
  number: string;
  started_at: EpochMs;
}): RunIdentity {
  const journey = journeyId({ installation, component, number });
  return { installation, check: journey, slot_at: started_at };
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
