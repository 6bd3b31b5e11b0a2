import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MeasuredComponent, ownAlone, type Site } from '../state/site.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Where rules and numbers of judging are written; whatever else changes there counts as well. */
const RULES = ['model', 'collector', 'probes/line/schedule'];
const LENGTH = 16;

/** What judgements depend on beside results, in short: rules, checks and policies. */
export function judgedBy(site: Site): string {
  rules ??= digestOf(sourcesOf(RULES));
  const { zone, components, calendar } = site;
  const calendars = ownAlone(site).map(() => calendar.days);
  return digestOf([
    rules,
    JSON.stringify([zone, [...components.values()].map(essence), ...calendars]),
  ]);
}

/** They do not change while we run. */
let rules: string | undefined;

function sourcesOf(folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .toSorted()
      .flatMap((path) => [path, readFileSync(join(ROOT, folder, path), 'utf8')]),
  );
}

function digestOf(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length} ${text}`);
  return hash.digest('hex').slice(0, LENGTH);
}

function essence({ id, policy, checks }: MeasuredComponent): unknown {
  const schedules = checks.map((it) => [
    it.id,
    it.line,
    it.deadline_ms,
    ...('schedule' in it ? [it.schedule, it.zone] : []),
  ]);
  return [id, policy, schedules];
}
