import { type FollowingCheck, isFollowing } from '../../model/configuration.ts';
import type { InvoiceEvent } from '../../model/event.ts';
import type { Journey } from '../../model/journey.ts';
import { journeyId } from '../../model/journey-id.ts';
import { followedComponent, type Site } from '../state/site.ts';

/** The installation in whose journeys an invoice may be. */
export interface NamedIn {
  site: Site;
  installation: string;
}

/** Ids of the journeys that the events may tell of. */
export function journeysNamed(named_in: NamedIn, events: readonly InvoiceEvent[]): string[] {
  const ids = events.flatMap((it) => [...journeysFrom(named_in, it), ...journeysTo(named_in, it)]);
  return [...new Set(ids)];
}

/** Those of an invoice that begin in the system of the event. */
export function journeysFrom(named_in: NamedIn, event: InvoiceEvent): string[] {
  return followedFrom(named_in, event).map(({ id }) => id);
}

/** The same, with the checks that follow them. */
export function followedFrom(
  named_in: NamedIn,
  event: InvoiceEvent,
): { check: FollowingCheck; id: string }[] {
  const checks = named_in.site.followers.get(event.system) ?? [];
  return checks.flatMap((check) => {
    const id = journeyNamed(named_in, check, event);
    return id === null ? [] : { check, id };
  });
}

/** Those of an invoice that end there. */
export function journeysTo(named_in: NamedIn, event: InvoiceEvent): string[] {
  const checks = named_in.site.arriving.get(event.system) ?? [];
  return checks.flatMap((check) => journeyNamed(named_in, check, event) ?? []);
}

/**
 * Whether the event is of the system in which the journey began, or of an arrival in the one in
 * which it is looked for: several checks of a component may have others.
 */
export function isToldOf(
  { checks }: Pick<Site, 'checks'>,
  journey: Pick<Journey, 'check'>,
  { system, type }: Pick<InvoiceEvent, 'system' | 'type'>,
): boolean {
  const check = checks.get(journey.check);
  // Of one that is configured no more nobody knows.
  if (!check || !isFollowing(check)) return true;
  return system === (type === 'queryable' ? check.looks_at : check.follows);
}

/** The one that a check follows; null: the event names no invoice. */
export function journeyNamed(
  { site, installation }: NamedIn,
  check: FollowingCheck,
  { invoice }: Pick<InvoiceEvent, 'invoice'>,
): string | null {
  if (invoice === null) return null;
  const { number } = invoice;
  return journeyId({ installation, component: followedComponent(site, check).id, number });
}
