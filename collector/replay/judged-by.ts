import { createHash } from 'node:crypto';
import { NUMBERS } from '../../model/judge/numbers.ts';
import manifest from '../../package.json' with { type: 'json' };
import type { MeasuredComponent, Site } from '../state/site.ts';

/** What judgements depend on beside results, in short: version, numbers, checks and policies. */
export function judgedBy(site: Site): string {
  const judge = [manifest.version, NUMBERS, site.zone, [...site.components.values()].map(essence)];
  return createHash('sha256').update(JSON.stringify(judge)).digest('hex').slice(0, LENGTH);
}

const LENGTH = 16;

function essence({ id, policy, checks }: MeasuredComponent): unknown {
  const schedules = checks.map((it) => [
    it.id,
    it.line,
    it.deadline_ms,
    ...('schedule' in it ? [it.schedule, it.zone] : []),
  ]);
  return [id, policy, schedules];
}
