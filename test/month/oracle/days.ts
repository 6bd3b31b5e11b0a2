import type { OracleSpan } from './component.ts';
import type { Finding, Stretch } from './facts.ts';

/** What is to be told of a component and a day. */
export interface DayTruth {
  known_ms: number;
  /** Major outage, and partial outage, that nothing excuses. */
  down_ms: number;
  partial_ms: number;
  excused_ms: number;
  /** Major outage, excused or not. */
  major_ms: number;
  /** Judged results, and those that were good. */
  n: number;
  good: number;
}

interface DayParts {
  /** What was measured, whatever was announced. */
  measured: readonly OracleSpan[];
  /** Times announced in time. */
  excused: readonly Stretch[];
  findings: readonly Finding[];
}

export function dayTruth({ measured, excused, findings }: DayParts, day: Stretch): DayTruth {
  const truth = { known_ms: 0, down_ms: 0, partial_ms: 0, excused_ms: 0, major_ms: 0 };
  for (const it of measured) {
    const span = within(it, day);
    if (span === null || it.state === 'unknown') continue;
    const ms = span.to - span.from;
    truth.known_ms += ms;
    if (it.state !== 'major_outage' && it.state !== 'partial_outage') continue;
    const excused_ms = excused
      .map((time) => within(time, span))
      .reduce((sum, time) => sum + (time ? time.to - time.from : 0), 0);
    truth.excused_ms += excused_ms;
    if (it.state === 'major_outage') {
      truth.major_ms += ms;
      truth.down_ms += ms - excused_ms;
    } else truth.partial_ms += ms - excused_ms;
  }
  const judged = findings.filter(
    ({ slot_at, found }) => found !== 'nothing' && slot_at >= day.from && slot_at < day.to,
  );
  return { ...truth, n: judged.length, good: judged.filter((it) => it.found !== 'bad').length };
}

function within(a: Stretch, b: Stretch): Stretch | null {
  const [from, to] = [Math.max(a.from, b.from), Math.min(a.to, b.to)];
  return from < to ? { from, to } : null;
}

/** Truncated to two decimals; null: nothing is known. */
export function availableShare({ known_ms, excused_ms, down_ms }: DayTruth): string | null {
  const counted = known_ms - excused_ms;
  return counted <= 0 ? null : truncated(counted - down_ms, counted);
}

export function truncated(part: number, whole: number): string {
  // In whole hundredths of a percent, so that nothing is rounded on the way.
  const hundredths = (BigInt(part) * 10_000n) / BigInt(whole);
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`;
}
