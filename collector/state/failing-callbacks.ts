import type { LiveState } from './live-state.ts';

/** Ids of the callbacks of which operators know that what they tell cannot be used. */
export function failingCallbacks({ open_alerts }: Pick<LiveState, 'open_alerts'>): string[] {
  const alerts = [...open_alerts.values()].filter(({ kind }) => kind === 'callback');
  return alerts.map(({ subject }) => subject);
}
