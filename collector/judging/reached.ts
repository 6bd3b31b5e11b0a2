import type { Gap } from '../../model/component.ts';
import type { InvoiceEvent } from '../../model/event.ts';
import { isWithdrawn, type Journey } from '../../model/journey.ts';
import { type ReachedStage, TOLD_STAGES, type ToldStage } from '../../model/stage.ts';
import { wasClockSet } from './journey.ts';
import { followedFrom, type NamedIn } from './named.ts';

/** What is known of the invoices of some events, before these. */
export interface KnownOfInvoices {
  journeys: readonly Journey[];
  stages: readonly ReachedStage[];
  /** Those that may lie between acceptance and stage; a step of the clock is one. */
  gaps: readonly Gap[];
}

export interface StagesReached {
  /** What is new of each journey. */
  reached: ReachedStage[];
  /** Of each invoice, whoever follows it. */
  took: StageTook[];
}

/** How long after its acceptance a followed invoice was at a stage. */
export interface StageTook {
  /** In which it was. */
  system: string;
  stage: ToldStage;
  delay_ms: number;
}

/**
 * The stages that followed invoices reached, by the events that say when, in whichever order they
 * and the acceptance are. Of each invoice and stage the first that was told counts, whatever is
 * told later; but one that says when it was is better than one that says when at the latest.
 */
export function stagesReached(
  named_in: NamedIn,
  events: readonly InvoiceEvent[],
  known: KnownOfInvoices,
): StagesReached {
  const begun = new Map<Journey['id'], Beginning>([
    ...begunBy(named_in, events),
    ...known.journeys.map((it) => [it.id, it] as const),
  ]);
  const stages = new Map(known.stages.map((it) => [keyOf(it), it]));
  const reached = new Map<string, ReachedStage>();
  const took: StageTook[] = [];
  for (const event of events) {
    const stage = TOLD_STAGES.find((it) => it === event.type);
    if (stage === undefined) continue;
    const its = rowsOf(event, stage);
    const news = its.filter((it) => isBetter(it, stages.get(keyOf(it))));
    const delay_ms = news.map((it) => it.delay_ms).find((it) => it !== null);
    if (news.length === its.length && delay_ms !== undefined)
      took.push({ system: event.system, stage, delay_ms });
    for (const it of news) {
      stages.set(keyOf(it), it);
      reached.set(keyOf(it), it);
    }
  }
  return { reached: [...reached.values()], took };

  /** One for each journey of its invoice. */
  function rowsOf(event: InvoiceEvent, stage: ToldStage): ReachedStage[] {
    return followedFrom(named_in, event).flatMap(({ id }) => {
      const beginning = begun.get(id);
      // A correction may have the number of an invoice that was withdrawn.
      if (beginning === undefined || isWithdrawn(beginning)) return [];
      const { check, simulated } = beginning;
      return { journey: id, check, stage, ...reachedAt(event, beginning, known.gaps), simulated };
    });
  }
}

interface Beginning
  extends Pick<Journey, 'check' | 'accepted_at' | 'accepted_at_latest' | 'state' | 'simulated'> {
  /** The event of these that began it; undefined: it was before, or by a check. */
  event?: InvoiceEvent['id'];
}

/** The journeys that begin with one of these, as they are begun: by the first that does. */
function begunBy(named_in: NamedIn, events: readonly InvoiceEvent[]): Map<string, Beginning> {
  const begun = new Map<string, Beginning>();
  for (const event of events) {
    const { id: event_id, type, at: accepted_at, at_latest: accepted_at_latest = false } = event;
    if (type !== 'accepted' && type !== 'issued') continue;
    const its = { accepted_at, accepted_at_latest, state: 'waiting', simulated: false } as const;
    for (const { id, check } of followedFrom(named_in, event))
      if (!begun.has(id)) begun.set(id, { ...its, check: check.id, event: event_id });
  }
  return begun;
}

/**
 * When it was, and how long after the acceptance. How long is known only of two instants that are
 * exact, and of one clock: else no more is known than that it was reached.
 */
function reachedAt(
  { id, at, at_latest = false }: InvoiceEvent,
  { accepted_at, accepted_at_latest, event }: Beginning,
  gaps: readonly Gap[],
): Pick<ReachedStage, 'at' | 'at_latest' | 'delay_ms'> {
  const [from, to] = [Math.min(accepted_at, at), Math.max(accepted_at, at)];
  if (accepted_at_latest || wasClockSet(gaps, from, to))
    return { at: to, at_latest: true, delay_ms: null };
  const has_delay = !at_latest && at >= accepted_at && event !== id;
  return { at, at_latest, delay_ms: has_delay ? at - accepted_at : null };
}

function isBetter(told: ReachedStage, known: ReachedStage | undefined): boolean {
  return known === undefined || (known.at_latest && !told.at_latest && told.at <= known.at);
}

function keyOf({ journey, stage }: Pick<ReachedStage, 'journey' | 'stage'>): string {
  return `${journey} ${stage}`;
}
