import { expect } from 'vitest';
import { alertChanges } from '../../collector/judging/alerts.ts';
import type { Gap, Note } from '../../model/component.ts';
import { unmeasured } from '../../model/judge/validity.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { START } from '../collector/configuration.ts';
import { judgedSite } from '../collector/judged-site.ts';
import { rowsOf } from './row.ts';

interface Unknown {
  /** How long ago, in ms. */
  since_ms: number;
  started_ms: number;
  gaps?: (Omit<Gap, 'from' | 'to'> & { from_ms: number; to_ms: number })[];
  code?: 'expired' | 'never_measured';
}

/** Whether it is told that a component is not measured any more. */
function isTold({ since_ms, started_ms, gaps = [], code = 'expired' }: Unknown): boolean {
  const { site, live } = judgedSite();
  const now = START + 24 * HOUR;
  const ago = (ms: number) => now - ms;
  const notes: Note[] = [code === 'expired' ? { code, last_slot_at: ago(since_ms) } : { code }];
  const last_gaps = gaps.map(({ from_ms, to_ms, cause }) => ({
    from: ago(from_ms),
    to: ago(to_ms),
    cause,
  }));
  const status = { ...unmeasured('bureau.query', ago(since_ms)), notes };
  const context = { site, live: { ...live, started_at: ago(started_ms), last_gaps }, now };
  const changes = alertChanges({ ...context, newId: () => 'id0000000001' }, [status]);
  return changes.some(({ alert }) => alert.kind === 'stale');
}

const LONG_AGO = 12 * HOUR;

export const ALERTS = rowsOf('ALERT-1', {
  'what was measured, at once': () =>
    expect(isTold({ since_ms: 0, started_ms: LONG_AGO })).toBe(true),
  'not before 5 minutes have been watched since our start': () => {
    expect(isTold({ since_ms: SECOND, started_ms: 5 * MINUTE - 1 })).toBe(false);
    expect(isTold({ since_ms: SECOND, started_ms: 5 * MINUTE })).toBe(true);
  },
  'nor since a downtime of ours': () => {
    const after = (to_ms: number) =>
      isTold({
        since_ms: SECOND,
        started_ms: LONG_AGO,
        gaps: [{ from_ms: to_ms + 20 * SECOND, to_ms, cause: 'restart' }],
      });
    expect([5 * MINUTE - 1, 5 * MINUTE].map(after)).toEqual([false, true]);
  },
  'a pause of less than 5 minutes after it was lost delays nothing': () => {
    const pausedFor = (ms: number) =>
      isTold({
        since_ms: HOUR,
        started_ms: LONG_AGO,
        gaps: [{ from_ms: MINUTE + ms, to_ms: MINUTE, cause: 'suspended' }],
      });
    expect([5 * MINUTE - 1, 5 * MINUTE].map(pausedFor)).toEqual([true, false]);
  },
  'what never was measured, after 5 minutes of that': () => {
    const unmeasuredFor = (since_ms: number) =>
      isTold({ since_ms, started_ms: LONG_AGO, code: 'never_measured' });
    expect([5 * MINUTE - 1, 5 * MINUTE].map(unmeasuredFor)).toEqual([false, true]);
  },
});
