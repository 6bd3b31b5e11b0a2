import { type BadTime, type BadTimeQuery, badTimeOf } from '../ledger.ts';
import { latest } from '../time.ts';
import type { EpochMs } from '../vocabulary.ts';

/**
 * What the ledger says of a disturbance now; if it said otherwise when that was told to be over,
 * with when it was corrected last. null: told to be over it was not.
 */
export function correctedTimeOf(asked: BadTimeQuery, told_at: EpochMs | null): BadTime | null {
  const { transitions, components } = asked;
  const known = badTimeOf(asked);
  if (known === null || told_at === null) return known;
  const isLate = ({ component, since, recorded_at }: BadTimeQuery['transitions'][number]) =>
    components.includes(component) && since < told_at && recorded_at > told_at;
  const told = badTimeOf({ ...asked, transitions: transitions.filter((it) => !isLate(it)) });
  if (told !== null && isSame(told, known)) return known;
  // Told to be over by a person, before it was seen: of its end nothing was said.
  if (told?.end === 'lasting') return known;
  const corrected_at = latest(transitions.filter(isLate).map((it) => it.recorded_at));
  return { ...known, corrected_at };
}

function isSame(a: BadTime, b: BadTime): boolean {
  const facts = ({ from, to, bad_ms, states, parts, end }: BadTime) =>
    [from, to, bad_ms, parts, end, ...states].join();
  return facts(a) === facts(b);
}
