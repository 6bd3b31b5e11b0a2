import type { Configuration } from '../../model/configuration.ts';
import type { WaitingEvidence, WaitingRow } from '../../model/evidence.ts';
import { journeysKeptMs } from '../../model/history/kept.ts';
import type { Journey } from '../../model/journey.ts';
import type { IncidentView } from '../../model/overview.ts';
import { MINUTE } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { StoreReader } from '../../store/store.ts';

/** Invoices read of each component, at each of the two instants. */
const LIMIT = 2_000;
/** Digests of a minute. */
const MOST_DIGESTS = 3;
/** Enough to tell the invoices of an incident apart. */
const DIGEST_LENGTH = 8;

interface WaitingParts {
  reader: StoreReader;
  configuration: Configuration;
  now: EpochMs;
  /** Until when the incident lasted; null: it does. */
  until: EpochMs | null;
}

/**
 * The invoices that waited when the incident of a sync began, or when it ended, or now, by the
 * minute in which they were accepted; null: no sync has a part in it.
 */
export async function loadWaiting(
  { components, started_at }: IncidentView,
  { reader, configuration, now, until }: WaitingParts,
): Promise<WaitingEvidence | null> {
  const followed = configuration.checks.filter((it) => it.function === 'sync');
  const syncs = new Set(followed.map((it) => `${it.system}.${it.function}`));
  const ours = components.filter((it) => syncs.has(it));
  if (ours.length === 0) return null;
  const lostAfterMs = (component: string) => configuration.policies[component]?.lost_after_ms ?? 0;
  const lists = await Promise.all(
    ours.flatMap((component) =>
      [started_at, until ?? now].map((waiting_at) => {
        const accepted_from = waiting_at - lostAfterMs(component);
        return reader.journeys({ component, accepted_from, waiting_at, limit: LIMIT });
      }),
    ),
  );
  const each = new Map(lists.flat().map((journey) => [journey.id, journey]));
  const oldest = [...each.values()].sort((a, b) => a.accepted_at - b.accepted_at);
  const is_cut = oldest.length > LIMIT || lists.some(({ length }) => length >= LIMIT);
  const kept_ms = keptMs(configuration);
  const may_be_gone = started_at - Math.max(...ours.map(lostAfterMs)) < now - kept_ms;
  return {
    is_of_syncs: ours.length === components.length,
    is_open: until === null,
    kept_ms: may_be_gone ? kept_ms : null,
    rows: byMinute(oldest.slice(0, LIMIT)),
    truncated_at: is_cut ? Math.min(LIMIT, oldest.length) : null,
  };
}

/** Those that do not wait any more. */
function keptMs({ retention, policies }: Configuration): number {
  const promises = Object.values(policies).map((it) => it.visible_within_ms);
  return journeysKeptMs(retention, Math.max(0, ...promises));
}

function byMinute(journeys: readonly Journey[]): WaitingRow[] {
  const minuteOf = ({ accepted_at }: Journey) => Math.floor(accepted_at / MINUTE) * MINUTE;
  return [...Map.groupBy(journeys, minuteOf)]
    .map(([minute, its]) => ({
      minute,
      count: its.length,
      not_arrived: its.filter(({ state }) => state !== 'arrived').length,
      digests: its.slice(0, MOST_DIGESTS).map(({ id }) => id.slice(0, DIGEST_LENGTH)),
    }))
    .sort((a, b) => a.minute - b.minute);
}
