import type { EventType, InvoiceEvent } from '../../model/event.ts';
import type { Journey } from '../../model/journey.ts';
import type { Site } from '../state/site.ts';
import { journeysFrom } from './named.ts';

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
  /** In which it was. */
  system: string;
  stage: (typeof TOLD_STAGES)[number];
  delay_ms: number;
}

/**
 * The stages that followed invoices reached, by the events that say when, each once, whoever
 * follows them. `known`: journeys in the store, before these events.
 */
export function stagesReached(
  site: Site,
  events: readonly InvoiceEvent[],
  installation: string,
  known: readonly Journey[],
): ReachedStage[] {
  const accepted = new Map(known.map(({ id, accepted_at }) => [id, accepted_at]));
  const seen = new Set<string>();
  return events.flatMap((event) => {
    const { system, type, at, at_latest } = event;
    const ids = journeysFrom({ site, installation }, event);
    const accepted_at = ids.map((id) => accepted.get(id)).find((it) => it !== undefined);
    if (accepted_at === undefined) {
      if (type === 'accepted' || type === 'issued') for (const id of ids) accepted.set(id, at);
      return [];
    }
    const stage = TOLD_STAGES.find((it) => it === type);
    // What is said to have happened before says nothing of how long it took.
    if (stage === undefined || at_latest || at < accepted_at) return [];
    const key = `${stage} ${ids[0]}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ system, stage, delay_ms: at - accepted_at }];
  });
}
