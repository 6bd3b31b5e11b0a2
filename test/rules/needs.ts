import { expect } from 'vitest';
import type { ScheduledCheck } from '../../model/configuration.ts';
import type { Result } from '../../model/result.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import type { Outcome } from '../../model/vocabulary.ts';
import { createConfirming } from '../../probes/line/confirming.ts';
import { createNeededFirst } from '../../probes/line/needed-first.ts';
import { result, T0 } from '../model/builders.ts';
import { rowsOf } from './row.ts';

const CHECK = { system: 's', line: 'local', schedule: '', zone: 'UTC', options: {} };
interface Story {
  /** What is needed: a login, unless told otherwise. */
  needed?: ScheduledCheck['function'];
  /** What it found, and how long before the download began that ended. */
  before?: [outcome: Outcome, ago_ms: number];
  /** For how long a result is valid. */
  valid_ms?: number;
  /** What it finds when it is asked; absent: its run is not over when nothing is waited for. */
  asked?: Outcome;
  download?: Outcome;
  /** The download fails already. */
  fails?: boolean;
  /** What its run before found, while the login did so. */
  waited?: [download: Outcome, login: Outcome];
}

/** What the download is judged as, and how often what it needs was asked for its sake. */
async function judgedAs(story: Story): Promise<[Outcome, string | null, number]> {
  const {
    needed: fn = 'login',
    before,
    valid_ms = 10 * MINUTE,
    asked,
    download = 'system',
    fails = false,
    waited,
  } = story;
  const checks: ScheduledCheck[] = [
    { ...CHECK, id: 'download', function: 'download', deadline_ms: 5 * SECOND },
    { ...CHECK, id: 'needed', function: fn, deadline_ms: 5 * SECOND },
  ];
  let times = 0;
  const needed = createNeededFirst({
    checks,
    depends_on: { 's.download': [`s.${fn}`] },
    validUntil: ({ slot_at }) => slot_at + valid_ms,
    ask() {
      times += 1;
      needed.begun('needed');
      if (asked !== undefined) needed.note(ofNeeded(asked, T0 + SECOND));
    },
    fails: () => fails,
    clock: { now: () => T0 + 2 * SECOND, monotonic: () => 0 },
  });
  if (waited !== undefined) {
    needed.note(ofNeeded(waited[1], T0 - 2 * MINUTE));
    const at = T0 - MINUTE;
    await needed.judge(result(at, { check: 'download', outcome: waited[0], reason: null }), 1);
  }
  if (before !== undefined) needed.note(ofNeeded(before[0], T0 - before[1]));
  const failed = result(T0, { check: 'download', outcome: download, reason: 'http_status' });
  const judged = await needed.judge(failed, 1);
  return [judged.outcome, judged.reason, times];
}

/** Of a run of what is needed that took no time. */
const ofNeeded = (outcome: Outcome, at: number): Result =>
  result(at, {
    check: 'needed',
    duration_ms: 0,
    outcome,
    reason: outcome === 'ok' ? null : 'http_status',
  });

const WAITS = ['prerequisite', 'waits_for_login'];
const OWN = ['system', 'http_status'];

export const NEEDS = [
  ...rowsOf('NEEDS-1', {
    'while the login fails, a download that fails waits for it': async () => {
      for (const outcome of ['timeout', 'network', 'system', 'maintenance', 'mismatch'] as const)
        expect(await judgedAs({ before: [outcome, MINUTE] })).toEqual([...WAITS, 0]);
    },
    'for 5 minutes, then it is asked again': async () => {
      expect(await judgedAs({ before: ['system', 5 * MINUTE], asked: 'ok' })).toEqual([
        ...WAITS,
        0,
      ]);
      expect(await judgedAs({ before: ['system', 5 * MINUTE + 1], asked: 'ok' })).toEqual([
        ...OWN,
        1,
      ]);
    },
    'not for longer than that is valid': async () => {
      // It is judged 2 s after it began.
      const after = (ago_ms: number) =>
        judgedAs({ before: ['system', ago_ms], valid_ms: 2 * MINUTE, asked: 'ok' });
      expect(await after(118 * SECOND - 1)).toEqual([...WAITS, 0]);
      expect(await after(118 * SECOND)).toEqual([...OWN, 1]);
    },
    'a login that is refused, or held back, leaves no session': async () => {
      for (const outcome of ['credential', 'throttled'] as const) {
        expect(await judgedAs({ before: [outcome, MINUTE] })).toEqual([...WAITS, 0]);
        expect(await judgedAs({ before: [outcome, 6 * MINUTE], asked: 'ok' })).toEqual([...OWN, 1]);
      }
    },
    'one that works with less works': async () => {
      expect(await judgedAs({ before: ['degraded', 0] })).toEqual([...OWN, 0]);
      expect(await judgedAs({ before: ['degraded', MINUTE], asked: 'system' })).toEqual([
        ...WAITS,
        1,
      ]);
    },
  }),
  ...rowsOf('NEEDS-2', {
    'it is asked, and fails': async () => {
      expect(await judgedAs({ asked: 'system' })).toEqual([...WAITS, 1]);
      expect(await judgedAs({ before: ['ok', MINUTE], asked: 'timeout' })).toEqual([...WAITS, 1]);
    },
    'it is asked, and succeeds': async () =>
      expect(await judgedAs({ before: ['ok', MINUTE], asked: 'ok' })).toEqual([...OWN, 1]),
    'it has succeeded since': async () =>
      expect(await judgedAs({ before: ['ok', 0] })).toEqual([...OWN, 0]),
  }),
  ...rowsOf('NEEDS-6', {
    'while a download fails by itself, its login is asked every 5 minutes': async () => {
      const after = (ago_ms: number, more: Story = {}) =>
        judgedAs({ before: ['ok', ago_ms], asked: 'ok', fails: true, ...more });
      expect(await after(5 * MINUTE)).toEqual([...OWN, 0]);
      expect(await after(5 * MINUTE + 1)).toEqual([...OWN, 1]);
      expect(await after(MINUTE, { fails: false })).toEqual([...OWN, 1]);
    },
    'and waits for one that fails by then': async () => {
      const told = { fails: true, asked: 'system' } as const;
      expect(await judgedAs({ ...told, before: ['system', MINUTE] })).toEqual([...WAITS, 0]);
      expect(await judgedAs({ ...told, before: ['ok', 6 * MINUTE] })).toEqual([...WAITS, 1]);
    },
    'not longer than that it worked is valid': async () => {
      const story = { fails: true, valid_ms: 2 * MINUTE, asked: 'ok' } as const;
      expect(await judgedAs({ ...story, before: ['ok', 118 * SECOND - 1] })).toEqual([...OWN, 0]);
      expect(await judgedAs({ ...story, before: ['ok', 118 * SECOND] })).toEqual([...OWN, 1]);
    },
    'what waited for it before is not its own yet': async () => {
      const story: Story = { fails: true, before: ['ok', 10 * SECOND], asked: 'ok' };
      expect(await judgedAs({ ...story, waited: ['system', 'system'] })).toEqual([...OWN, 1]);
      expect(await judgedAs({ ...story, waited: ['prerequisite', 'ok'] })).toEqual([...OWN, 1]);
      expect(await judgedAs({ ...story, waited: ['system', 'ok'] })).toEqual([...OWN, 0]);
    },
  }),
  ...rowsOf('NEEDS-3', {
    'what succeeds is good': async () =>
      expect((await judgedAs({ before: ['system', MINUTE], download: 'ok' }))[0]).toBe('ok'),
    'a file that came is what it is': async () => {
      for (const download of ['corrupt', 'mismatch'] as const)
        expect((await judgedAs({ before: ['system', MINUTE], download }))[0]).toBe(download);
    },
  }),
  ...rowsOf('NEEDS-4', {
    'while it is not known, nothing is blamed': async () => {
      const unknown = ['prerequisite', 'needed_unknown', 1];
      expect(await judgedAs({})).toEqual(unknown);
      expect(await judgedAs({ before: ['ok', MINUTE] })).toEqual(unknown);
    },
    'and it is measured again': () => {
      const confirming = createConfirming(new Map(), () => 10 * SECOND);
      const unknown = result(T0, { outcome: 'prerequisite', reason: 'needed_unknown' });
      expect(confirming.note(unknown).is_open).toBe(true);
      const waits = result(T0, { outcome: 'prerequisite', reason: 'waits_for_login' });
      expect(confirming.note(waits).is_open).toBe(false);
    },
  }),
  ...rowsOf('NEEDS-5', {
    'what was not judged excuses nothing': async () => {
      for (const outcome of ['unreadable', 'user_data', 'prerequisite'] as const)
        expect(await judgedAs({ before: [outcome, MINUTE] })).toEqual([...OWN, 0]);
      for (const outcome of ['credential', 'throttled', 'unreadable'] as const)
        expect(await judgedAs({ needed: 'reach', asked: outcome })).toEqual([...OWN, 1]);
    },
    'what failed on our side is asked, and excuses nothing either': async () => {
      expect(await judgedAs({ before: ['self', MINUTE], asked: 'system' })).toEqual([...WAITS, 1]);
      expect(await judgedAs({ before: ['self', MINUTE], asked: 'self' })).toEqual([...OWN, 1]);
    },
  }),
];
