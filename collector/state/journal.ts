import type { ComponentStatus, Gap } from '../../model/component.ts';
import type { History } from '../../model/judge/history.ts';
import type { CheckJudgement } from '../../model/judge/judgement.ts';
import type { Share } from '../../model/judge/share.ts';
import type { Spells } from '../../model/judge/spells.ts';
import { SECOND } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { LineResult } from '../../probes/line/batch.ts';
import { afterDeadlineMs } from '../../probes/line/line.ts';
import type { MeasuredComponent } from './site.ts';

/**
 * What was judged of a component lately, in the order in which it happened, which is not always
 * the order in which it was known. In bounded memory: results come late by a deadline, the judging
 * of a file, and the wait for a proof.
 */
export type Journal = readonly JournalEntry[];

export interface JournalEntry {
  event: JournalEvent;
  /** What was known of the component before. */
  before: KnownThen;
  /** From when on it decided something; null: it did not. */
  touched_at: EpochMs | null;
}

/**
 * `at`: the slot of the result; the instant as of which a state ran out, or a window began; the end
 * of the gap.
 */
export type JournalEvent = { at: EpochMs } & (
  | { kind: 'result'; given: LineResult }
  | { kind: 'time' }
  | { kind: 'gap'; gap: Gap }
);

/** All that judging changes of a component, but the delays of the last hour. */
export interface KnownThen {
  status: ComponentStatus;
  judgements: readonly CheckJudgement[];
  histories: readonly (readonly [string, History | null])[];
  spells: readonly (readonly [string, Spells | null])[];
  share: Share | null;
}

/** A machine may stand still for a while between a result and its recording. */
const STANDS_STILL_MS = 10 * SECOND;

/**
 * The journal after one more entry; empty after what cannot be judged again in its order. The
 * results of a single check come in order, so they are kept only after something else.
 */
export function journalAfter(
  journal: Journal,
  entry: JournalEntry,
  { function: fn, checks, policy }: Pick<MeasuredComponent, 'function' | 'checks' | 'policy'>,
): Journal {
  const { at } = entry.event;
  if (at < (journal.at(-1)?.event.at ?? 0)) return [];
  const run_ms = Math.max(...checks.map((check) => check.deadline_ms)) + afterDeadlineMs(fn);
  const reaches_from = at - run_ms - policy.proof_wait_ms - STANDS_STILL_MS;
  const all = [...journal.filter(({ event }) => event.at >= reaches_from), entry];
  const is_needed = checks.length > 1 || all.some(({ event }) => event.kind !== 'result');
  return is_needed ? all : [];
}

/** The entries before the slot, and those after it, for which a result of the slot is late. */
export function splitAt(journal: Journal, slot_at: EpochMs): { before: Journal; after: Journal } {
  const found = journal.findIndex(({ event }) => event.at > slot_at);
  const index = found === -1 ? journal.length : found;
  return { before: journal.slice(0, index), after: journal.slice(index) };
}
