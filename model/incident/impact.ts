import type { Impact, Incident } from '../incident.ts';
import type { State } from '../vocabulary.ts';

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
