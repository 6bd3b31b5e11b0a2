import { expect } from 'vitest';
import type { ScheduledCheck } from '../../model/configuration.ts';
import type { Result } from '../../model/result.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import type { Outcome } from '../../model/vocabulary.ts';
import { createNeededFirst } from '../../probes/line/needed-first.ts';
import { result, T0 } from '../model/builders.ts';
import { rowsOf } from './row.ts';

const CHECK = { system: 's', line: 'local', schedule: '', zone: 'UTC', options: {} };
const CHECKS: ScheduledCheck[] = [
  { ...CHECK, id: 'download', function: 'download', deadline_ms: 5 * SECOND },
  { ...CHECK, id: 'login', function: 'login', deadline_ms: 5 * SECOND },
];
/** A result is valid for 10 minutes. */
const VALID_MS = 10 * MINUTE;

interface Story {
  /** What the login found, and how long before the download began. */
  before?: [outcome: Outcome, ago_ms: number];
  /** What it finds when it is asked. */
  asked?: Outcome;
  download?: Outcome;
}

/** What the download is judged as, and how often the login was asked for its sake. */
async function judgedAs({ before, asked, download = 'system' }: Story) {
  let times = 0;
  const needed = createNeededFirst({
    checks: CHECKS,
    depends_on: { 's.download': ['s.login'] },
    waitMs: () => 1,
    validUntil: ({ slot_at }) => slot_at + VALID_MS,
    ask() {
      times += 1;
      if (asked !== undefined) needed.note(ofLogin(asked, T0 + SECOND));
    },
    clock: { now: () => T0 + 2 * SECOND },
  });
  if (before !== undefined) needed.note(ofLogin(before[0], T0 - before[1]));
  const failed = result(T0, { check: 'download', outcome: download, reason: 'http_status' });
  const judged = await needed.judge(failed);
  return [judged.outcome, judged.reason, times];
}

const ofLogin = (outcome: Outcome, at: number): Result =>
  result(at, { check: 'login', outcome, reason: outcome === 'ok' ? null : 'http_status' });

const WAITS = ['prerequisite', 'waits_for_login'];
const OWN = ['system', 'http_status'];

export const NEEDS = [
  ...rowsOf('NEEDS-1', {
    'while the login fails, a download that fails waits for it': async () =>
      expect(await judgedAs({ before: ['system', MINUTE] })).toEqual([...WAITS, 0]),
    'a login that is refused, or held back, is none either': async () => {
      expect(await judgedAs({ before: ['credential', MINUTE] })).toEqual([...WAITS, 0]);
      expect(await judgedAs({ before: ['throttled', MINUTE] })).toEqual([...WAITS, 0]);
    },
    'what failed on our side says nothing': async () =>
      expect(await judgedAs({ before: ['self', MINUTE] })).toEqual([...OWN, 1]),
    'nor does what is not valid any more': async () => {
      const ago_ms = VALID_MS - 2 * SECOND;
      expect(await judgedAs({ before: ['system', ago_ms - 1] })).toEqual([...WAITS, 0]);
      expect(await judgedAs({ before: ['system', ago_ms] })).toEqual([...OWN, 1]);
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
    'it does not answer in time': async () =>
      expect(await judgedAs({ before: ['ok', MINUTE] })).toEqual([...OWN, 1]),
  }),
  ...rowsOf('NEEDS-3', {
    'what succeeds is good': async () =>
      expect((await judgedAs({ before: ['system', MINUTE], download: 'ok' }))[0]).toBe('ok'),
    'a file that came is what it is': async () => {
      for (const download of ['corrupt', 'mismatch'] as const)
        expect((await judgedAs({ before: ['system', MINUTE], download }))[0]).toBe(download);
    },
  }),
];
