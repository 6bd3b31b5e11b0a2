import type { EventType, InvoiceEvent } from '../../model/event.ts';
import type { Journey } from '../../model/journey.ts';
import { journeyId } from '../../model/journey-id.ts';
import { followedComponent, type Site } from '../state/site.ts';

/** Stages that follow the acceptance, and that only events tell of. */
export const TOLD_STAGES = [
  'reviewed',
  'issued',
  'sealed',
  'delivered',
  'downloadable',
  'verified',
] as const satisfies EventType[];

/** How long after its acceptance a followed invoice was at a stage. */
export interface ReachedStage {
  /** That follows it. */
  check: string;
  stage: (typeof TOLD_STAGES)[number];
  delay_ms: number;
}

/**
 * The stages that followed invoices reached, by the events that say when. `known`: journeys in the
 * store, before these events.
 */
export function stagesReached(
  site: Site,
  events: readonly InvoiceEvent[],
  installation: string,
  known: readonly Journey[],
): ReachedStage[] {
  const accepted = new Map(known.map(({ id, accepted_at }) => [id, accepted_at]));
  return events.flatMap(({ system, type, invoice, at }) =>
    (site.followers.get(system) ?? []).flatMap((check) => {
      if (invoice === null) return [];
      const component = followedComponent(site, check).id;
      const id = journeyId({ installation, component, number: invoice.number });
      const accepted_at = accepted.get(id);
      if (accepted_at === undefined) {
        if (type === 'accepted' || type === 'issued') accepted.set(id, at);
        return [];
      }
      const stage = TOLD_STAGES.find((it) => it === type);
      // What is said to have happened before says nothing of how long it took.
      if (stage === undefined || at < accepted_at) return [];
      return [{ check: check.id, stage, delay_ms: at - accepted_at }];
    }),
  );
}
