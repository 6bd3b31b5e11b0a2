import {
  type Check,
  isScheduled,
  type ScheduledCheck,
  type System,
} from '../../model/configuration.ts';
import type { DriverSchemas } from './drivers.ts';
import type { Report } from './report.ts';
import { formatDuration } from './scalars.ts';
import { slotDistanceMs } from './slots.ts';

/**
 * Reports schedules by which an address of a real system would be asked oftener than its driver
 * allows, by all checks at that address together, of whatever systems of this driver.
 */
export function requireSparingSchedules(
  checks: readonly Check[],
  systems: readonly System[],
  drivers: DriverSchemas,
  report: Report,
) {
  const asking = checks.filter(isScheduled).flatMap((check) => askedBy(check, systems, drivers));
  for (const together of Map.groupBy(asking, ({ identity }) => identity).values()) {
    for (const asked of together) requireSparing(asked, together, report);
  }
}

/** An address as a check asks it. */
interface Asked {
  check: ScheduledCheck;
  identity: string;
  words: string;
  /** The shortest time between two runs at the address. */
  distance_ms: number;
}

function askedBy(
  check: ScheduledCheck,
  systems: readonly System[],
  drivers: DriverSchemas,
): Asked[] {
  const system = systems.find(({ id }) => id === check.system);
  const sparing = system && drivers[system.driver]?.sparing;
  if (sparing === undefined || system?.environment === 'simulator') return [];
  const address = sparing.addressOf(check.options, system?.settings);
  if (address === null) return [];
  const identity = `${system?.driver} ${address.identity}`;
  return [{ check, identity, words: address.words, distance_ms: sparing.distance_ms }];
}

function requireSparing(asked: Asked, together: readonly Asked[], report: Report): void {
  const { check, words, distance_ms } = asked;
  const enough_ms = distance_ms * together.length;
  const planned_ms = slotDistanceMs(check.schedule);
  if (planned_ms >= enough_ms) return;
  report.problem(
    ['checks', check.id, 'schedule'],
    `asks ${words} of ${check.system} every ${formatDuration(planned_ms)}, but it may be asked ` +
      `every ${formatDuration(distance_ms)}, by all of its checks together` +
      `${elsewhere(asked, together)}; expected ${formatDuration(enough_ms)} ` +
      'or more between two slots',
  );
}

/** Where else the same address is given, which a reader would not guess. */
function elsewhere({ check, words }: Asked, together: readonly Asked[]): string {
  const here = `${words} of ${check.system}`;
  const all = together.map((other) => `${other.words} of ${other.check.system}`);
  const others = [...new Set(all)].filter((other) => other !== here);
  return others.length === 0 ? '' : ` (${others.join(' and ')} is the same)`;
}
