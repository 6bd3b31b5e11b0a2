import { expect } from 'vitest';
import { slowLimitMs } from '../../collector/judging/slow.ts';
import type { ScheduledCheck } from '../../model/configuration.ts';
import { grade } from '../../model/judge/grade.ts';
import type { Proof } from '../../model/proof.ts';
import type { Result } from '../../model/result.ts';
import { SECOND } from '../../model/time.ts';
import { OUTCOMES, type Outcome } from '../../model/vocabulary.ts';
import { createProving } from '../../probes/line/proving.ts';
import { result, T0 } from '../model/builders.ts';
import { rowsOf } from './row.ts';

const BAD: readonly Outcome[] = ['timeout', 'network', 'system', 'degraded', 'mismatch', 'corrupt'];

const graded = (changed: Partial<Result>, slow_ms: number | null = 1_000, in_window = false) =>
  grade(result(T0, changed), { policy: { slow_ms }, in_window, deadline_ms: 8_000 });
const of = (outcome: Outcome, in_window = false) => graded({ outcome }, null, in_window);
const limit = (median_ms: number, hours: 'same' | 'all') => slowLimitMs({ median_ms, hours });

export const RESULTS = [
  ...rowsOf('RESULT-1', {
    'ok is good, slow or not': () => {
      expect(of('ok')).toBe('good');
      expect(graded({ duration_ms: 7_000 })).toBe('slow');
    },
  }),
  ...rowsOf('RESULT-2', {
    'timeout, network, system, degraded, mismatch and corrupt are bad': () => {
      for (const outcome of BAD) expect([outcome, of(outcome)]).toEqual([outcome, 'bad']);
    },
    'maintenance is bad where none was announced': () => {
      expect(of('maintenance')).toBe('bad');
      expect(of('maintenance', true)).toBe('unjudged');
    },
  }),
  ...rowsOf('RESULT-3', {
    'all others are not judged': () => {
      const others = OUTCOMES.filter(
        (it) => it !== 'ok' && it !== 'maintenance' && !BAD.includes(it),
      );
      expect(others.sort()).toEqual([
        'credential',
        'prerequisite',
        'self',
        'throttled',
        'unreadable',
        'user_data',
      ]);
      for (const outcome of others) expect([outcome, of(outcome)]).toEqual([outcome, 'unjudged']);
    },
  }),
  ...rowsOf('SLOW-1', {
    'above the limit': () => {
      expect(graded({ duration_ms: 1_001 })).toBe('slow');
      expect(graded({ duration_ms: 1_000 })).toBe('good');
    },
    'without a limit, nothing': () => expect(graded({ duration_ms: 3_600_000 }, null)).toBe('good'),
  }),
  ...rowsOf('SLOW-2', {
    'above 3 × the usual of the hour': () => expect(limit(2_000, 'same')).toBe(6_000),
    'and above the usual and 1 s': () => expect(limit(100, 'same')).toBe(1_100),
    'the greater of both, where they meet': () => {
      expect(limit(500, 'same')).toBe(1_500);
      expect(limit(499, 'same')).toBe(1_499);
      expect(limit(501, 'same')).toBe(1_503);
    },
    '5 × the usual of all hours': () => {
      expect(limit(2_000, 'all')).toBe(10_000);
      expect(limit(100, 'all')).toBe(1_100);
    },
  }),
  ...rowsOf('SLOW-4', {
    'our own pause in the run is not theirs': () => {
      const proof = { loop_delay_ms: 900 } as Proof;
      expect(graded({ duration_ms: 1_800, proof })).toBe('good');
      expect(graded({ duration_ms: 2_000, proof })).toBe('slow');
      expect(graded({ duration_ms: 1_300, proof: { ...proof, loop_delay_ms: 399 } })).toBe('slow');
    },
    'nor both together': async () => {
      const late = { started_at: T0 + 200, duration_ms: 1_100 };
      const gatherer = { note() {}, proofFor: async () => null };
      const measured = await createProving(gatherer, () => SECOND).judge({
        check: { id: 'c', system: 's', deadline_ms: 8_000 } as ScheduledCheck,
        result: result(T0, late),
        ended_at_ms: 0,
        loop_delay_ms: 250,
      });
      expect(measured.proof?.loop_delay_ms).toBe(250);
      expect(graded({ ...late, proof: measured.proof })).toBe('good');
      expect(graded(late)).toBe('slow');
    },
    'nor is a late start of ours': () => {
      expect(graded({ started_at: T0 + 900, duration_ms: 101 })).toBe('good');
      expect(graded({ started_at: T0 + 300, duration_ms: 701 })).toBe('slow');
    },
  }),
];
