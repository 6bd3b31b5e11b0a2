import { expect } from 'vitest';
import { slowLimitMs } from '../../collector/judging/limits.ts';
import type { ScheduledCheck } from '../../model/configuration.ts';
import { grade } from '../../model/judge/grade.ts';
import type { Proof } from '../../model/proof.ts';
import { delayMs, type Result } from '../../model/result.ts';
import { SECOND } from '../../model/time.ts';
import { OUTCOMES, type Outcome } from '../../model/vocabulary.ts';
import { createProving } from '../../probes/line/proving.ts';
import { result, T0 } from '../model/builders.ts';
import { judgedLetters } from './judged.ts';
import { rowsOf } from './row.ts';

const BAD: readonly Outcome[] = ['timeout', 'network', 'system', 'degraded', 'mismatch', 'corrupt'];

const graded = (changed: Partial<Result>, slow_ms: number | null = 1_000, in_window = false) =>
  grade(result(T0, changed), { policy: { slow_ms }, in_window });
const of = (outcome: Outcome, in_window = false) => graded({ outcome }, null, in_window);
/** As the line hands it over. */
const proven = async (measured: Result, loop_delay_ms: number) => {
  const gatherer = { note: () => false, proofFor: async () => null };
  return await createProving(gatherer, () => SECOND).judge({
    check: { id: 'c', system: 's', deadline_ms: 8_000 } as ScheduledCheck,
    result: measured,
    ended_at_ms: 0,
    loop_delay_ms,
  });
};
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
    'what our own pause may have added is not theirs': () => {
      const proof = { loop_delay_ms: 900 } as Proof;
      expect(graded({ duration_ms: 2_000, proof })).toBe('slow');
      expect(graded({ duration_ms: 1_900, proof })).toBe('untimed');
      expect(graded({ duration_ms: 1_000, proof })).toBe('good');
    },
    'from 200 ms on, whatever the deadline': () => {
      const with_ms = (loop_delay_ms: number) =>
        graded({ duration_ms: 1_100, proof: { loop_delay_ms } as Proof });
      expect(with_ms(199)).toBe('slow');
      expect(with_ms(200)).toBe('untimed');
    },
    'nor both together': async () => {
      const late = { started_at: T0 + 100, duration_ms: 1_100 };
      const measured = await proven(result(T0, late), 150);
      expect(measured.proof?.loop_delay_ms).toBe(150);
      expect(graded({ ...late, proof: measured.proof })).toBe('untimed');
      expect(graded(late)).toBe('slow');
    },
    'nor is a late start of ours': () => {
      expect(graded({ started_at: T0 + 900, duration_ms: 101 })).toBe('untimed');
      expect(graded({ started_at: T0 + 199, duration_ms: 802 })).toBe('slow');
    },
    'where only is known that it was ours, all of it may be': () =>
      expect(graded({ duration_ms: 9_000, notes: ['our_delay'] })).toBe('untimed'),
    'such a result makes nothing slow, nor well again': () => {
      expect(judgedLetters('ssusu').judgement.verdict).toBe('slow');
      expect(judgedLetters('suusu').judgement.verdict).toBe('well');
      expect(judgedLetters('sssugu').judgement.verdict).toBe('slow');
      expect(judgedLetters('sssugug').judgement.verdict).toBe('well');
      expect(judgedLetters('bbbuu').judgement.verdict).toBe('well');
    },
    'slowness is known for no longer than that is valid which was timed': () => {
      expect(judgedLetters('sssuu').judgement.verdict).toBe('slow');
      expect(judgedLetters('sssuuu').judgement.verdict).toBe('undecided');
      expect(judgedLetters('sssuuus').judgement.verdict).toBe('slow');
      expect(judgedLetters('sssuuug').judgement.verdict).toBe('undecided');
      expect(judgedLetters('sssuuugg').judgement.verdict).toBe('well');
    },
  }),
  ...rowsOf('SLOW-7', {
    'a result that our own delay is part of has no delay': async () => {
      expect(delayMs(await proven(result(T0), 200))).toBeNull();
      expect(delayMs(await proven(result(T0, { started_at: T0 + 200 }), 0))).toBeNull();
      expect(delayMs(await proven(result(T0, { started_at: T0 + 100 }), 99))).toBe(300);
    },
    'a bad one neither, nor one that is not judged': async () => {
      for (const outcome of ['system', 'throttled', 'degraded'] as const)
        expect(await proven(result(T0, { outcome }), 200)).toMatchObject({
          notes: ['our_delay'],
          proof: null,
        });
    },
    'it is said of the result, and changes no outcome': async () =>
      expect(await proven(result(T0, { notes: ['weak_key'] }), 7_000)).toMatchObject({
        outcome: 'ok',
        notes: ['weak_key', 'our_delay'],
      }),
  }),
];
