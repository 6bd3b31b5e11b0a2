import { describe, expect, it } from 'vitest';
import { judgeCheck } from '../../../model/judge/check.ts';
import { grade } from '../../../model/judge/grade.ts';
import { type CheckJudgement, freshJudgement } from '../../../model/judge/judgement.ts';
import type { Result } from '../../../model/result.ts';
import { SECOND } from '../../../model/time.ts';
import { OUTCOMES } from '../../../model/vocabulary.ts';
import { bad, policy, result, slow, T0 } from '../builders.ts';

const EVERY = 15 * SECOND;
const VALID_FOR = 2 * EVERY + 8 * SECOND;

/** Judges results in order; each is valid until its second next slot plus the deadline. */
function judged(results: Result[], before = freshJudgement('c')): CheckJudgement {
  return results.reduce(
    (state, it) =>
      judgeCheck(state, it, {
        policy,
        in_window: false,
        valid_until: it.slot_at + VALID_FOR,
        next_slot_at: it.slot_at + EVERY,
        confirmations: 2,
        is_perhaps_ours: false,
      }),
    before,
  );
}

/** `g`ood, `b`ad, `s`low, `-` not judged (throttled), one every 15 s. */
function sequence(letters: string): Result[] {
  return [...letters].map((letter, i) => {
    const slot = T0 + i * EVERY;
    if (letter === 'b') return bad(slot);
    if (letter === 's') return slow(slot);
    if (letter === '-') return result(slot, { outcome: 'throttled', reason: 'error_code' });
    return result(slot);
  });
}

describe('grading a result', () => {
  const grades = {
    ok: 'good',
    timeout: 'bad',
    network: 'bad',
    system: 'bad',
    degraded: 'bad',
    mismatch: 'bad',
    corrupt: 'bad',
    maintenance: 'bad',
    throttled: 'unjudged',
    credential: 'unjudged',
    user_data: 'unjudged',
    unreadable: 'unjudged',
    prerequisite: 'unjudged',
    self: 'unjudged',
  } as const;
  it.each(OUTCOMES)('%s', (outcome) => {
    expect(grade(result(T0, { outcome }), { policy, in_window: false })).toBe(grades[outcome]);
  });
  it('takes a maintenance answer as good manners inside an announced window', () => {
    const answer = result(T0, { outcome: 'maintenance' });
    expect(grade(answer, { policy, in_window: true })).toBe('unjudged');
  });
  it('is slow above slow_ms, counted from the slot, not from the start', () => {
    const late = result(T0, { started_at: T0 + 199, duration_ms: 802 });
    expect(grade(late, { policy, in_window: false })).toBe('slow');
    expect(grade(result(T0, { duration_ms: 1_000 }), { policy, in_window: false })).toBe('good');
  });
  it('is never slow without slow_ms', () => {
    const hour = result(T0, { duration_ms: 3_600_000 });
    expect(grade(hour, { policy: { ...policy, slow_ms: null }, in_window: false })).toBe('good');
  });
});

describe('judging a check', () => {
  // letters -> verdict, and the index of the slot it counts from
  it.each([
    ['g', 'well', 0],
    ['b', 'undecided', null],
    ['bb', 'failing', 0],
    ['gb', 'well', 0],
    ['gbb', 'failing', 1],
    ['gbgb', 'well', 0],
    ['gb-b', 'failing', 1],
    ['gbbb', 'failing', 1],
    ['gbbg', 'failing', 1],
    ['gbbgg', 'well', 3],
    ['gbbg-g', 'well', 3],
    ['gbbgbgg', 'well', 5],
    ['ss', 'well', 0],
    ['sss', 'slow', 0],
    ['gsgsgs', 'slow', 1],
    ['gsggsgs', 'well', 0],
    ['sssg', 'slow', 0],
    ['sssgg', 'well', 3],
    ['sssgs', 'slow', 0],
    ['sssgsgg', 'well', 5],
    // recovery clears the window of 5: slow results before or during it are forgotten
    ['gssbbssg', 'well', 5],
    ['gssbbsss', 'well', 5],
    ['gssbbsssss', 'slow', 7],
    ['sssbb', 'failing', 3],
  ])('%s is %s', (letters, verdict, from) => {
    const state = judged(sequence(letters));
    expect(state.verdict).toBe(verdict);
    if (from !== null) expect(state.since).toBe(T0 + from * EVERY);
  });

  it('does not count across a time in which the check had expired', () => {
    const state = judged([result(T0), bad(T0 + EVERY), bad(T0 + EVERY + VALID_FOR + 1)]);
    expect(state.verdict).toBe('undecided');
    expect(state.bad_run).toBe(1);
  });

  it('knows when the last of its results ended', () => {
    const long = result(T0, { started_at: T0 + 100, duration_ms: 20 * SECOND });
    const short = result(T0 + EVERY, { started_at: T0 + EVERY, duration_ms: 400 });
    expect(judged([short]).last_ended_at).toBe(T0 + EVERY + 400);
    expect(judged([long, short]).last_ended_at).toBe(T0 + 100 + 20 * SECOND);
  });
  it('counts an overlap and the run it waited for as one bad', () => {
    const hung = bad(T0 + EVERY, { outcome: 'timeout', reason: 'timeout_processing' });
    const overlap = bad(T0 + 2 * EVERY, { outcome: 'timeout', reason: 'overlap', duration_ms: 0 });
    const once = judged([result(T0), overlap, hung]);
    expect(once).toMatchObject({ verdict: 'well', bad_run: 1, bad_since: T0 + EVERY });
    const twice = judged([bad(T0 + 3 * EVERY)], once);
    expect(twice).toMatchObject({ verdict: 'failing', since: T0 + EVERY });
  });

  it('forgives an overlap whose run ended well', () => {
    const overlap = bad(T0 + 2 * EVERY, { outcome: 'timeout', reason: 'overlap' });
    expect(judged([result(T0), overlap, result(T0 + EVERY)])).toMatchObject({
      verdict: 'well',
      bad_run: 0,
      overlap_open: false,
    });
  });

  it('keeps the reason of the last bad result until it is well again', () => {
    const failing = judged(sequence('gbbg'));
    expect(failing).toMatchObject({ reason: 'http_status', detail: 'HTTP 503' });
    expect(judged(sequence('gbbgg'))).toMatchObject({ reason: null, detail: null });
  });

  it('keeps what was odd about the last judged result', () => {
    const odd = result(T0, { notes: ['weak_key'] });
    expect(judged([odd]).notes).toEqual(['weak_key']);
    const ours = result(T0 + EVERY, { outcome: 'self', reason: 'late_start' });
    expect(judged([odd, ours]).notes).toEqual(['weak_key']);
    expect(judged([odd, result(T0 + EVERY)]).notes).toEqual([]);
  });
});
