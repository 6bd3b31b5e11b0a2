import type { RecentDelays } from '../../model/component.ts';
import type { ComponentId, EpochMs } from '../../model/vocabulary.ts';
import { type Journal, type JournalEvent, journalAfter, type KnownThen } from '../state/journal.ts';
import { judgementOf, type Step, statusOf } from '../state/live-state.ts';
import type { MeasuredComponent } from '../state/site.ts';
import type { JudgingContext } from './evaluation.ts';

/** The journal of a component of checks after it was judged; of others nothing. */
export function journalWith(
  { site, live, now }: JudgingContext,
  event: JournalEvent | undefined,
  id: ComponentId,
  touched_at: EpochMs | null,
): [ComponentId, Journal][] {
  const component = site.components.get(id);
  if (!component || component.function === 'sync') return [];
  const journal = live.journals.get(id);
  if (event === undefined) return journal ? [[id, []]] : [];
  // By far the most: a result of the only check, after nothing but such.
  if (!journal && component.checks.length === 1 && event.kind === 'result') return [];
  const before = knownNow({ live, now }, component);
  return [[id, journalAfter(journal ?? [], { event, before, touched_at }, component)]];
}

function knownNow(
  { live, now }: Pick<JudgingContext, 'live' | 'now'>,
  { id, checks }: MeasuredComponent,
): KnownThen {
  return {
    status: statusOf(live, id, now),
    judgements: checks.map((check) => judgementOf(live, check.id)),
    histories: checks.map((check) => [check.id, live.histories.get(check.id) ?? null]),
    spells: checks.map((check) => [check.id, live.spells.get(check.id) ?? null]),
    share: live.shares.get(id) ?? null,
  };
}

/** What is known of the component is what was known then; `journal`: what was judged by then. */
export function stepBackTo(
  { status, judgements, histories, spells, share }: KnownThen,
  journal: Journal,
  recent: RecentDelays | null,
): Step {
  const id = status.component;
  return {
    recording: { judgements: [...judgements], components: [{ ...status, recent }] },
    // Bytes of its own: versions share them, and what follows is another.
    histories: histories.map(([check, it]) => [check, it && { ...it, bytes: it.bytes.slice() }]),
    spells: [...spells],
    shares: [[id, share]],
    journals: [[id, journal]],
  };
}
