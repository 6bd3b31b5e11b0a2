import { readFileSync } from 'node:fs';
import { type Child, startChild } from '../../bench/child.ts';
import { inFolder } from '../../bench/folder.ts';
import {
  databaseIn,
  issuedEvent,
  OWN_CHECK,
  postingTo,
  startIngestCollector,
} from '../../bench/ingest-collector.ts';
import { postUntilTaken } from '../../clients/ingest/index.ts';
import { print } from '../../platform/console.ts';
import { openStoreReader } from '../../store/sqlite/open.ts';
import { freePort } from '../process/ports.ts';
import { createRandom } from '../random.ts';
import { countOf, type SoakPart } from './part.ts';

const EVENTS = Number(process.env.EVENTS ?? 1_000_000);
const KILLS = 10;
const LINES = 1_000;
const ROWS_AT_A_TIME = 10_000;

export const events: SoakPart = {
  name: 'events',
  about:
    `${EVENTS.toLocaleString('en')} events of own traffic are posted to one collector by one ` +
    `sender, each hundredth twice, while the collector is killed ${KILLS} times; each has a ` +
    'duration of its own, by which it is found again in the results and in the figures.',

  run: (seed) =>
    inFolder(async (folder) => {
      const target = await startChild('bench/target.ts');
      const url = `http://127.0.0.1:${target.ports.target}`;
      const started = await postAll({ folder, url, seed });
      await target.stop();
      const { found, twice, in_figures } = await countedIn(databaseIn(folder));
      const figure = countOf(EVENTS);
      const none = { at_most: 0 };
      return [
        figure('lost', EVENTS - found, none),
        figure('counted twice', twice, none),
        figure('not in the figures of the hours, or twice', Math.abs(EVENTS - in_figures), none),
        figure('killed', KILLS, null),
        { ...figure('events, with all restarts', started.per_second, null), unit: '/s' },
        { ...figure('largest RSS', started.most_mb, null), unit: 'MB' },
      ];
    }),
};

interface PostedTo {
  folder: string;
  url: string;
  seed: number;
}

async function postAll({ folder, url, seed }: PostedTo) {
  const random = createRandom(seed);
  const port = await freePort();
  const parts = { folder, url, checks: 1, port };
  let collector = await startIngestCollector(parts);
  let most_mb = 0;
  const bodies = Math.ceil(EVENTS / LINES);
  const struck = new Set(Array.from({ length: KILLS }, () => Math.floor(random() * bodies)));
  const began_at = Date.now();
  for (let body = 0; body < bodies; body += 1) {
    const first = body * LINES + 1;
    const count = Math.min(LINES, EVENTS - first + 1);
    const lines = Array.from({ length: count }, (_, n) => issuedEvent(first + n, n % 100 < 3));
    const taken = postUntilTaken(lines, postingTo(port));
    if (struck.has(body)) {
      await new Promise((resolve) => setTimeout(resolve, 200 * random()));
      most_mb = Math.max(most_mb, mostMbOf(collector));
      await collector.stop('SIGKILL');
      collector = await startIngestCollector(parts);
    }
    await taken;
    await postUntilTaken(
      lines.filter((_, n) => n % 100 === 0),
      postingTo(port),
    );
    if (body % 100 === 99) print(`  ${((body + 1) * LINES).toLocaleString('en')} acknowledged`);
  }
  most_mb = Math.max(most_mb, mostMbOf(collector));
  const per_second = EVENTS / ((Date.now() - began_at) / 1_000);
  await collector.stop();
  return { per_second, most_mb };
}

/** The most that it ever had in memory (Linux). */
function mostMbOf({ pid }: Child): number {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+)/m.exec(text)?.[1]) / 1_000;
}

/** By their durations, which are all different. */
async function countedIn(path: string) {
  const reader = await openStoreReader({ path });
  const found = new Set<number>();
  let twice = 0;
  for (let after: Awaited<ReturnType<typeof reader.ownResults>>[number] | undefined; ; ) {
    const rows = await reader.ownResults({
      ...{ check: OWN_CHECK, from: 0, to: Date.now(), after, limit: ROWS_AT_A_TIME },
    });
    for (const { duration_ms } of rows) {
      if (found.has(duration_ms ?? 0)) twice += 1;
      found.add(duration_ms ?? 0);
    }
    after = rows.at(-1);
    if (rows.length < ROWS_AT_A_TIME) break;
  }
  const hours = await reader.rollups('hour', 0, Date.now());
  await reader.close();
  const own = hours.filter(({ check }) => check === OWN_CHECK);
  const in_figures = own.reduce((sum, { n }) => sum + n, 0);
  return { found: found.size, twice, in_figures };
}
