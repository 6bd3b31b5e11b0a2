import { type CorrectedTime, correctedTimeOf } from '../../model/incident/corrected.ts';
import { incidentSpan } from '../../model/incident/span.ts';
import type { IncidentWithUpdates } from '../../model/incident.ts';
import { MINUTE } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { StateReads } from '../../store/ports/states.ts';
import { createLedgerWatch } from './ledger-watch.ts';
import { memoizeLast } from './memoize.ts';

/** By id of the incident. */
export type BadTimes = ReadonlyMap<string, CorrectedTime>;

type Lasted = Pick<
  IncidentWithUpdates,
  'id' | 'components' | 'started_at' | 'updated_at' | 'monitoring_at' | 'resolved_at' | 'updates'
>;

/**
 * What the ledger says of these incidents: of outages before each was told to be over, and whether
 * it said something else then.
 */
export async function loadBadTimes(
  reader: StateReads,
  incidents: readonly Lasted[],
  now: EpochMs,
): Promise<BadTimes> {
  if (incidents.length === 0) return new Map();
  const spans = incidents.map((it) => ({
    id: it.id,
    told_at: it.monitoring_at ?? it.resolved_at,
    ...incidentSpan(it, now),
  }));
  const from = Math.min(...spans.map((it) => it.known.from));
  const to = Math.max(...spans.map((it) => it.known.to));
  const transitions = await reader.transitions(from, to);
  return new Map(
    spans.map(({ id, told_at, ...span }) => [
      id,
      correctedTimeOf({ transitions, ...span }, told_at),
    ]),
  );
}

/**
 * Creates the function that knows them for the overview: those of open incidents anew with a
 * public change or the next minute, those of the others once the ledger of their time is corrected.
 */
export function createBadTimes(reader: StateReads) {
  const open = memoizeLast<BadTimes>();
  const over = new Map<string, { key: string; to: EpochMs; known: BadTimes }>();
  const recorded = createLedgerWatch(reader);
  let checked_seq: number | null = null;

  return async (
    incidents: readonly Lasted[],
    { seq, now }: { seq: number; now: EpochMs },
  ): Promise<BadTimes> => {
    if (checked_seq !== seq) await forgetCorrected();
    checked_seq = seq;
    const lasting = incidents.filter(({ resolved_at }) => resolved_at === null);
    const known = [
      await open(`${seq} ${Math.floor(now / MINUTE)}`, () => loadBadTimes(reader, lasting, now)),
    ];
    for (const it of incidents) if (it.resolved_at !== null) known.push(await ofEnded(it, now));
    for (const id of over.keys()) if (!incidents.some((it) => it.id === id)) over.delete(id);
    return new Map(known.flatMap((it) => [...it]));
  };

  async function forgetCorrected(): Promise<void> {
    const since = await recorded();
    for (const [id, { to }] of over) if (since !== null && since < to) over.delete(id);
  }

  async function ofEnded(incident: Lasted, now: EpochMs): Promise<BadTimes> {
    const key = String(incident.updated_at);
    const last = over.get(incident.id);
    if (last?.key === key) return last.known;
    const known = await loadBadTimes(reader, [incident], now);
    over.set(incident.id, { key, to: incidentSpan(incident, now).known.to, known });
    return known;
  }
}
