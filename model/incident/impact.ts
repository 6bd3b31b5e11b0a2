import type { Impact, Incident } from '../incident.ts';
import type { State } from '../vocabulary.ts';
import type { CorrectedTime } from './corrected.ts';

const IMPACTS: readonly Impact[] = ['none', 'minor', 'major', 'critical'];

export const TITLE_OF_IMPACT: Record<Impact, Incident['title']> = {
  none: 'degraded',
  minor: 'degraded',
  major: 'partial_outage',
  critical: 'outage',
};

const IMPACT_OF_STATE: Partial<Record<State, Impact>> = {
  degraded_performance: 'minor',
  partial_outage: 'major',
  major_outage: 'critical',
};

/** The impact of an incident reflects its worst state so far. */
export function impactWith(before: Impact, states: readonly State[]): Impact {
  const impacts = [before, ...states.map((state) => IMPACT_OF_STATE[state] ?? 'none')];
  return IMPACTS.findLast((impact) => impacts.includes(impact)) ?? before;
}

/**
 * What is published of one as its impact: the worst state that the ledger knows of now, of which
 * what comes late may be better than was told; `none` where all of it was taken back.
 */
export function knownImpact(
  { impact }: Pick<Incident, 'impact'>,
  { bad_time, corrected_at }: Pick<CorrectedTime, 'bad_time' | 'corrected_at'>,
): Impact {
  if (bad_time !== null) return impactWith('none', [bad_time.worst]);
  return corrected_at === null ? impact : 'none';
}
