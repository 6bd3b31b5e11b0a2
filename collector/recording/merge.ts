import { ownSubject } from '../../model/own-trouble.ts';
import { earliest } from '../../model/time.ts';
import type { Recording } from '../../store/record.ts';

/** One recording that leaves what these leave, recorded one after the other. */
export function merged(recordings: readonly Recording[]): Recording {
  const [only, second] = recordings;
  if (only === undefined) return {};
  if (second === undefined) return only;
  return {
    results: all('results'),
    judgements: newest(all('judgements'), (it) => it.check),
    specimens: newest(all('specimens'), (it) => `${it.check} ${it.invoice}`),
    specimen_changes: all('specimen_changes'),
    components: newest(all('components'), (it) => it.component),
    transitions: all('transitions'),
    journey_moves: all('journey_moves'),
    journeys: newest(all('journeys'), (it) => it.id),
    corrected_journeys: newest(all('corrected_journeys'), (it) => it.after.id),
    looks: all('looks'),
    reached_stages: all('reached_stages'),
    own_results: all('own_results'),
    events: all('events'),
    incidents: newest(all('incidents'), (it) => it.id),
    updates: all('updates'),
    maintenances: mergedMaintenances(all('maintenances')),
    maintenance_updates: all('maintenance_updates'),
    alerts: newest(all('alerts'), (it) => it.id),
    notices: all('notices'),
    changes: all('changes'),
    gaps: all('gaps'),
    domains: newest(all('domains'), (it) => it.name),
    own_troubles: newest(all('own_troubles'), (it) => `${ownSubject(it)} ${it.since}`),
    ...lastOf('checks'),
    ...earliestVoid(recordings),
    ...lastOf('heartbeat_at'),
    ...lastOf('judge'),
  };

  function all<Part extends ListPart>(part: Part): NonNullable<Recording[Part]> {
    const rows = recordings.flatMap((it): unknown[] => it[part] ?? []);
    return rows as NonNullable<Recording[Part]>;
  }
  function lastOf<Part extends 'checks' | 'heartbeat_at' | 'judge'>(
    part: Part,
  ): Pick<Recording, Part> {
    const value = recordings.findLast((it) => it[part] !== undefined)?.[part];
    return value === undefined
      ? ({} as Pick<Recording, Part>)
      : ({ [part]: value } as unknown as Pick<Recording, Part>);
  }
}

function earliestVoid(recordings: readonly Recording[]): Pick<Recording, 'void_after'> {
  const void_after = earliest(recordings.map((it) => it.void_after ?? null));
  return void_after === null ? {} : { void_after };
}

type ListPart = {
  [Part in keyof Recording]-?: NonNullable<Recording[Part]> extends unknown[] ? Part : never;
}[keyof Recording];

/** Of rows with the same key the last one, at the place of the first. */
function newest<Row>(rows: Row[], keyOf: (row: Row) => string): Row[] {
  if (rows.length < 2) return rows;
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
}

/** What the first one replaces is what was read. */
function mergedMaintenances(
  writes: NonNullable<Recording['maintenances']>,
): NonNullable<Recording['maintenances']> {
  const first = new Map(writes.map((it) => [it.maintenance.id, it] as const).reverse());
  return newest(writes, (it) => it.maintenance.id).map(({ maintenance }) => ({
    maintenance,
    expected_updated_at: first.get(maintenance.id)?.expected_updated_at ?? maintenance.updated_at,
  }));
}
