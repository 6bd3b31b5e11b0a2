import type { State } from './vocabulary.ts';

/** Worst first, as ranked by day bars and incident impact. */
export const SEVERITY: readonly State[] = [
  'major_outage',
  'partial_outage',
  'under_maintenance',
  'degraded_performance',
  'operational',
];

/** How bad a state is, as a task takes it: an unknown one is worse than an operational one only. */
export function severityOf(state: State): number {
  return ['operational', 'unknown', ...SEVERITY.toReversed().slice(1)].indexOf(state);
}

/** The worst of them; unknown, where there is none. */
export function worstOf(states: readonly State[]): State {
  return states.toSorted((a, b) => severityOf(b) - severityOf(a))[0] ?? 'unknown';
}

export function isOutage(state: State): boolean {
  return state === 'partial_outage' || state === 'major_outage';
}

/** Unknown and planned maintenance say nothing of what was measured. */
export function isReported(state: State): boolean {
  return state !== 'unknown' && state !== 'under_maintenance';
}

/** Down, wholly or in part, or degraded: worst first. */
export const DISTURBED: readonly State[] = [
  'major_outage',
  'partial_outage',
  'degraded_performance',
];

export function isDisturbed(state: State | undefined): boolean {
  return state !== undefined && DISTURBED.includes(state);
}

export type Indicator = 'none' | 'minor' | 'major' | 'critical' | 'maintenance';

/**
 * The Statuspage v2 indicator: unknown is at least `minor`; maintenance only if nothing is worse.
 */
export function indicator(states: readonly State[]): Indicator {
  if (states.includes('major_outage')) return 'critical';
  if (states.includes('partial_outage')) return 'major';
  if (states.includes('degraded_performance') || states.includes('unknown')) return 'minor';
  return states.includes('under_maintenance') ? 'maintenance' : 'none';
}
