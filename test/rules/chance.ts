import { judgeCheck } from '../../model/judge/check.ts';
import { confirmationsOf } from '../../model/judge/confirmations.ts';
import { historyAfter } from '../../model/judge/counted.ts';
import { grade } from '../../model/judge/grade.ts';
import { cleared, greatestBadShare, type History } from '../../model/judge/history.ts';
import { type CheckJudgement, freshJudgement } from '../../model/judge/judgement.ts';
import { NO_SHARE, type Share, shareAfter } from '../../model/judge/share.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { DAY, SECOND } from '../../model/time.ts';
import { result, T0 } from '../model/builders.ts';

export interface ChanceParts {
  every_ms: number;
  days: number;
  /** Whether the run of a slot fails. */
  fails: (slot_at: number) => boolean;
  /** Of a failing run: it takes as long. */
  deadline_ms?: number;
  confirmations?: number | 'auto';
}

export interface Chance {
  results: number;
  /** When it began to fail: a critical incident, as it is the only check of its component. */
  outages: { since: number; confirmed_at: number; confirmations: number }[];
  /** Of the share of bad results. */
  affected: { since: number; said_at: number }[];
  /** The greatest number of confirmations that was in force at a first bad result. */
  most_confirmations: number;
}

/**
 * A check that is measured for days at regular and confirming slots, judged by the functions of the
 * product, in no time.
 */
export function simulateChance(parts: ChanceParts): Chance {
  const { every_ms, days, fails, deadline_ms = 5 * SECOND, confirmations = 'auto' } = parts;
  const policy = { ...DEFAULT_POLICY, confirmations };
  const found: Chance = { results: 0, outages: [], affected: [], most_confirmations: 0 };
  let judgement: CheckJudgement = freshJudgement('c');
  let history: History | null = null;
  let share: Share = NO_SHARE;
  let regular_at = T0;
  let slot_at = T0;
  while (slot_at < T0 + days * DAY) {
    const is_bad = fails(slot_at);
    const duration_ms = is_bad ? deadline_ms : 200;
    const seen = result(slot_at, is_bad ? { ...BAD, duration_ms } : { duration_ms });
    const before = judgement;
    const rules = {
      policy,
      in_window: false,
      deadline_ms,
      valid_until: slot_at + 2 * every_ms + deadline_ms,
      next_slot_at: regular_at + every_ms,
      confirmations: confirmationsOf(policy, {
        slot_distance_ms: every_ms,
        bad_share: greatestBadShare(history, slot_at),
      }),
      is_perhaps_ours: false,
    };
    judgement = judgeCheck(before, seen, rules);
    const graded = grade(seen, rules);
    history = historyAfter(history, {
      result: seen,
      grade: graded,
      in_window: false,
      before,
      after: judgement,
    });
    found.results += 1;
    const known_at = slot_at + duration_ms;
    const needed = judgement.confirmations ?? 0;
    found.most_confirmations = Math.max(found.most_confirmations, needed);
    if (judgement.verdict === 'failing' && before.verdict !== 'failing')
      found.outages.push({ since: judgement.since, confirmed_at: known_at, confirmations: needed });
    if (history !== null) {
      const was = share.affected_since;
      share = shareAfter(share, [history], { slot_at, is_bad });
      if (was === null && share.affected_since !== null)
        found.affected.push({ since: share.affected_since, said_at: known_at });
      if (was !== null && share.affected_since === null) history = cleared(history);
    }
    // The next slot: a regular one, or before it a confirming one.
    const next_regular_at = regular_at + every_ms;
    const confirming_at = Math.max(slot_at + policy.confirm_distance_ms, known_at);
    const confirms = is_bad && judgement.verdict !== 'failing' && confirming_at < next_regular_at;
    slot_at = confirms ? confirming_at : next_regular_at;
    if (!confirms) regular_at = next_regular_at;
  }
  return found;
}

const BAD = { outcome: 'timeout', reason: 'timeout_processing' } as const;

/**
 * How often per result a check begins to fail by chance when each result fails with probability
 * `p`, `k` in a row make it fail and 2 good ones end that: the stationary distribution of the
 * chain of runs, by power iteration. Shares no code with the product.
 */
export function outagesPerResult(p: number, k: number): number {
  // States: 0 … k−1 bad in a row while well, k failing, k + 1 failing with one good one.
  let now: number[] = Array.from({ length: k + 2 }, (_, state) => (state === 0 ? 1 : 0));
  for (let step = 0; step < 5_000; step += 1) {
    const next = now.map(() => 0);
    const add = (state: number, weight: number) => {
      next[state] = (next[state] ?? 0) + weight;
    };
    for (const [state, weight] of now.entries()) {
      add(Math.min(state + 1, k), state > k ? 0 : weight * p);
      if (state > k) add(k, weight * p);
      add(state === k ? k + 1 : 0, weight * (1 - p));
    }
    now = next;
  }
  return (now[k - 1] ?? 0) * p;
}
