import type { LastResult, Note } from './component.ts';
import type { EpochMs } from './vocabulary.ts';

/** Notes that only say that nothing judged came. */
const NOTHING_CAME: readonly Note['code'][] = ['expired', 'never_measured', 'gap'];

/**
 * Why an unknown component is unknown: where its last result came, but could not be judged, that
 * says more than that none came.
 */
export function unknownNotes(
  notes: readonly Note[],
  last: LastResult | null,
  measured_at: EpochMs | null,
): Note[] {
  if (last === null || last.is_judged || last.ended_at <= (measured_at ?? 0)) return [...notes];
  const { outcome, reason, ended_at } = last;
  const newer = (note: Note) => note.code !== 'gap' || ended_at > note.from;
  const is_replaced = (note: Note) => NOTHING_CAME.includes(note.code) && newer(note);
  if (!notes.some(is_replaced)) return [...notes];
  return [
    { code: 'not_judged', outcome, reason, ended_at },
    ...notes.filter((note) => !is_replaced(note)),
  ];
}
