import { HOUR, MINUTE } from '../../model/time.ts';
import type {
  EpochMs,
  FileFormat,
  InvoiceFunction,
  Outcome,
  Reason,
} from '../../model/vocabulary.ts';
import type { Day } from '../../model/zone.ts';

/** A disturbance in the simulated history. */
export interface PastDisturbance {
  functions: InvoiceFunction[];
  /** Limited to files of this format; null: all. */
  format: FileFormat | null;
  effect: Effect;
  from: EpochMs;
  to: EpochMs;
}

export type Effect =
  | { kind: 'bad'; outcome: Outcome; reason: Reason; detail: string; http_status: number | null }
  | { kind: 'slow'; factor: number }
  | { kind: 'stalled' };

/** Typical disturbances of such systems: at busy hours, at night, in filing periods. */
const PAST: {
  days_ago: number;
  at: string;
  minutes: number;
  functions: InvoiceFunction[];
  format?: FileFormat;
  effect: Effect;
}[] = [
  {
    days_ago: 83,
    at: '14:20',
    minutes: 40,
    functions: ['upload'],
    effect: bad('timeout', 'timeout_processing', 'no answer in time'),
  },
  {
    days_ago: 71,
    at: '23:10',
    minutes: 95,
    functions: ['query', 'download'],
    effect: bad('maintenance', 'http_status', 'HTTP 503 with a maintenance page', 503),
  },
  {
    days_ago: 58,
    at: '10:05',
    minutes: 190,
    functions: ['download'],
    effect: bad('system', 'http_status', 'HTTP 503', 503),
  },
  {
    days_ago: 47,
    at: '11:00',
    minutes: 55,
    functions: ['download'],
    effect: { kind: 'slow', factor: 12 },
  },
  {
    days_ago: 36,
    at: '15:10',
    minutes: 130,
    functions: ['sync'],
    effect: { kind: 'stalled' },
  },
  {
    days_ago: 24,
    at: '09:00',
    minutes: 360,
    functions: ['download'],
    format: 'ofd',
    effect: bad('corrupt', 'digest_mismatch', 'Doc_0/Signs/Sign_0/Signature.xml', 200),
  },
  {
    days_ago: 13,
    at: '16:05',
    minutes: 25,
    functions: ['upload'],
    effect: bad('system', 'error_code', 'error_code 52102', 200),
  },
  {
    days_ago: 6,
    at: '10:40',
    minutes: 20,
    functions: ['query'],
    effect: bad('timeout', 'timeout_processing', 'no answer in time'),
  },
  {
    days_ago: 3,
    at: '14:50',
    minutes: 35,
    functions: ['upload'],
    effect: { kind: 'slow', factor: 16 },
  },
];

/** The disturbances placed on the given days, the last of which is today. */
export function disturbancesOf(days: readonly Day[]): PastDisturbance[] {
  return PAST.flatMap(({ days_ago, at, minutes, functions, format = null, effect }) => {
    const day = days.at(-1 - days_ago);
    if (!day) return [];
    const [hour = 0, minute = 0] = at.split(':').map(Number);
    const from = day.from + hour * HOUR + minute * MINUTE;
    return [{ functions, format, effect, from, to: from + minutes * MINUTE }];
  });
}

function bad(
  outcome: Outcome,
  reason: Reason,
  detail: string,
  http_status: number | null = null,
): Effect {
  return { kind: 'bad', outcome, reason, detail, http_status };
}
