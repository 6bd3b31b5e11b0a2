import { isOwnTraffic } from '../../model/configuration.ts';
import type { Site } from '../state/site.ts';
import type { ReportingSystem } from './lines.ts';

/**
 * The systems of which events say something, and those in which followed invoices arrive; with
 * several components, the longest limit counts.
 */
export function reportingSystems(site: Site): ReadonlyMap<string, ReportingSystem> {
  const told = Map.groupBy([...site.checks.values()].filter(isOwnTraffic), ({ system }) => system);
  const ids = new Set([...site.followers.keys(), ...site.arriving.keys(), ...told.keys()]);
  return new Map(
    [...ids].map((id) => {
      const following = site.followers.get(id) ?? [];
      const arriving = site.arriving.get(id) ?? [];
      const own = told.get(id) ?? [];
      const limits = [...following, ...arriving, ...own].map(
        (check) => site.measured_by.get(check.id)?.policy.lost_after_ms ?? 0,
      );
      const reporting = {
        oldest_ms: Math.max(...limits),
        is_followed: following.length > 0,
        functions: own.map((check) => check.function),
      };
      return [id, reporting] as const;
    }),
  );
}
