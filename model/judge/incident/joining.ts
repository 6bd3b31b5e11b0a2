import type { JudgedComponent, KnownIncident } from '../../incident/change.ts';
import { isTold } from '../../incident/telling.ts';
import { isDisturbed, isOutage } from '../../severity.ts';
import { hasHeld } from './held.ts';
import { opens } from './opening.ts';
import type { WatchedIncident } from './watched.ts';

/** Outages of those that are new in it, published before they have held. */
export function joiningAtOnce(watched: WatchedIncident): JudgedComponent[] {
  return watched.components.filter((it) => watched.isIts(it) && joinsAtOnce(it, watched));
}

/** Those published before they had held, which have by now. */
export function joinedBefore({ its, open, input }: WatchedIncident): JudgedComponent[] {
  return its.filter((it) => joinedEarly(it, open) && hasHeld(it, input));
}

/** An outage of one that is new in it, while another one fails: as if it opened one. */
function joinsAtOnce(it: JudgedComponent, { published, input }: WatchedIncident): boolean {
  if (published.has(it.component) || !isOutage(it.state) || !opens(it, input)) return false;
  return input.components.some(
    ({ component, state }) => isDisturbed(published.get(component)) && isDisturbed(state),
  );
}

/** Whether that was published before it had held, and is told now that it has. */
function joinedEarly({ component, state }: JudgedComponent, { updates }: KnownIncident): boolean {
  const last = updates.findLast(({ affected }) =>
    affected.some((it) => it.component === component),
  );
  if (last?.code !== 'joined' || last.told) return false;
  const its = last.affected.filter((it) => it.component === component && it.to === state);
  return its.length > 0 && isTold('joined', its, updates);
}
