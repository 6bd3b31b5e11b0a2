import type { JudgedComponent } from '../../incident/change.ts';
import { tellsAt, toldToAll } from '../../incident/telling.ts';
import { ailsOtherwise } from './changed.ts';
import type { WatchedIncident } from './watched.ts';

/** Those of which everyone was told something else than what has held since. */
export function untoldIn({ input, open, published, its }: WatchedIncident): JudgedComponent[] {
  const { now, policy } = input;
  const { updates } = open;
  const told = toldToAll(updates);
  const differing = its.filter((it) => {
    const last = told.get(it.component);
    if (it.state !== published.get(it.component)) return false;
    // Of what nobody was ever told, it goes without saying that it is well.
    return it.state !== (last?.to ?? 'operational') || ailsOtherwise(it, told);
  });
  const isDue = ({ component }: JudgedComponent) => now >= tellsAt(updates, component, policy);
  return differing.some(isDue) ? differing : [];
}
