import { type Check, isScheduled, type System } from '../../model/configuration.ts';
import type { DriverSchemas } from './drivers.ts';
import type { Report } from './report.ts';
import { formatDuration } from './scalars.ts';
import { shortestDistanceMs } from './slots.ts';

/**
 * Reports schedules by which an address of a real system would be asked oftener than its driver
 * allows, by all checks at that address together.
 */
export function requireSparingSchedules(
  checks: readonly Check[],
  systems: readonly System[],
  drivers: DriverSchemas,
  report: Report,
) {
  for (const { id, driver, environment } of systems) {
    const sparing = drivers[driver]?.sparing;
    if (sparing === undefined || environment === 'simulator') continue;
    const asking = checks.filter(isScheduled).filter((check) => check.system === id);
    const byAddress = Map.groupBy(asking, ({ options }) => sparing.addressOf(options));
    for (const [address, together] of byAddress) {
      const enough_ms = sparing.distance_ms * together.length;
      for (const check of together) {
        const distance_ms = shortestDistanceMs(check.schedule);
        if (distance_ms >= enough_ms) continue;
        report.problem(
          ['checks', check.id, 'schedule'],
          `asks ${address} of ${id} every ${formatDuration(distance_ms)}, but it may be asked ` +
            `every ${formatDuration(sparing.distance_ms)}, by all of its checks together; ` +
            `expected ${formatDuration(enough_ms)} or more between two slots`,
        );
      }
    }
  }
}
