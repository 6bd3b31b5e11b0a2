import { isSaidStill, measuredMeanwhile, type Note } from './component.ts';
import type { State } from './vocabulary.ts';

/**
 * How a function is disturbed, as it is put into words: the states of the API say less than is
 * known. Worst first.
 */
export const AILMENTS = [
  'outage',
  'says_maintenance',
  'still_maintained',
  'stalled',
  'partial_outage',
  'part_lost',
  'some_users',
  'catching_up',
  'degraded',
  'slow',
] as const;
export type Ailment = (typeof AILMENTS)[number];

export function isAilment(kind: string | null): kind is Ailment {
  return (AILMENTS as readonly (string | null)[]).includes(kind);
}

interface Told {
  state: State;
  notes: readonly Note[];
}

/** Of a state and why it is in it; null: it is not disturbed. */
export function ailmentOf({ state, notes }: Told): Ailment | null {
  const names = NAMES[state];
  if (names === undefined) return null;
  return names.said.find((ailment) => SAYS[ailment](notes)) ?? names.otherwise;
}

/** Whether two say the same of a function: its state, how it ails, what is measured meanwhile. */
export function saysTheSame(a: Told, b: Told): boolean {
  const is_same = a.state === b.state && measuredAilment(a) === measuredAilment(b);
  return is_same && measuredMeanwhile(a.notes) === measuredMeanwhile(b.notes);
}

/** Whether somebody announced what a system says of itself is no matter of measuring. */
function measuredAilment(told: Told): Ailment | null {
  const ailment = ailmentOf(told);
  return ailment === 'still_maintained' ? 'says_maintenance' : ailment;
}

/** What notes may say of a state, and what it is called where they do not. */
const NAMES: Partial<Record<State, { said: readonly Said[]; otherwise: Ailment }>> = {
  major_outage: { said: ['still_maintained', 'says_maintenance', 'stalled'], otherwise: 'outage' },
  partial_outage: { said: ['stalled', 'part_lost', 'some_users'], otherwise: 'partial_outage' },
  degraded_performance: { said: ['catching_up', 'degraded'], otherwise: 'slow' },
};

type Said = Exclude<Ailment, 'outage' | 'partial_outage' | 'slow'>;

const SAYS: Record<Said, (notes: readonly Note[]) => boolean> = {
  still_maintained: (notes) => {
    const failing = failures(notes);
    return failing.length > 0 && failing.every((it) => isSaidStill(it));
  },
  says_maintenance: (notes) => {
    const failing = failures(notes);
    return failing.length > 0 && failing.every(({ reason }) => reason === 'says_maintenance');
  },
  stalled: says('stalled'),
  part_lost: says('part_lost'),
  some_users: says('some_users_affected'),
  catching_up: says('catching_up'),
  degraded: says('degraded'),
};

function failures(notes: readonly Note[]) {
  return notes.filter((note) => note.code === 'checks_failing' || note.code === 'line_failing');
}

function says(code: Note['code']): (notes: readonly Note[]) => boolean {
  return (notes) => notes.some((note) => note.code === code);
}
