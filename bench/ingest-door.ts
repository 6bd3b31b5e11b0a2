import { postUntilTaken } from '../clients/ingest/index.ts';
import { getText } from '../test/process/ask.ts';
import type { Benchmark } from './benchmark.ts';
import { startChild } from './child.ts';
import { cpuSeconds, lagsOf, residentMb } from './collector-figures.ts';
import { sleep } from './evenly.ts';
import { type Figure, quantile } from './figure.ts';
import { inFolder } from './folder.ts';
import { databaseIn, issuedEvent, postingTo, startIngestCollector } from './ingest-collector.ts';

const CHECKS = 100;
const WARM_UP_MS = 15_000;
const LASTS_MS = 30_000;
/** Lines of a body, and bodies at once: as many as one sender may. */
const LINES = 1_000;
const AT_ONCE = 4;
const FAILED_OF_100 = 3;

export const ingestDoor: Benchmark = {
  name: 'Events of own traffic',
  about:
    `Events of own traffic posted to one collector by one sender, ${AT_ONCE} bodies of ` +
    `${LINES} at once, for ${LASTS_MS / 1_000} s; then one by one. ${CHECKS} checks of a page on ` +
    'this machine, 50 a second, run beside them, and what these cost is taken off. Each event ' +
    'is judged and on disk before it is acknowledged.',

  run: () =>
    inFolder(async (folder) => {
      const target = await startChild('bench/target.ts');
      const url = `http://127.0.0.1:${target.ports.target}`;
      const collector = await startIngestCollector({ folder, url, checks: CHECKS });
      const read = () => getText(`http://127.0.0.1:${collector.ports.private}/metrics`);
      const door = postingTo(collector.ports.ingest ?? 0);
      await sleep(WARM_UP_MS);
      const [idle, from] = [await read(), Date.now()];
      await sleep(LASTS_MS);
      const before = await read();
      const began_at = Date.now();
      const posted = await postFor(LASTS_MS, door);
      const took_ms = Date.now() - began_at;
      const after = await read();
      const singles_ms = await postSingly(LASTS_MS / 3, posted, door);
      await collector.stop();
      await target.stop();
      const idle_per_ms = (cpuSeconds(before) - cpuSeconds(idle)) / (began_at - from);
      const cpu_s = cpuSeconds(after) - cpuSeconds(before) - idle_per_ms * took_ms;
      const lags = await lagsOf(databaseIn(folder), began_at);
      const figure = (what: string, value: number, unit: string, n = posted): Figure => ({
        ...{ what, value, unit, n, budget: null },
      });
      return [
        figure('events, in bodies', posted / (took_ms / 1_000), '/s'),
        figure('CPU per event', (1_000 * cpu_s) / posted, 'ms'),
        figure('RSS before', residentMb(before), 'MB', 1),
        figure('RSS after', residentMb(after), 'MB', 1),
        figure('start lag of checks meanwhile, p99', quantile(lags, 0.99), 'ms', lags.length),
        figure('one event, median', quantile(singles_ms, 0.5), 'ms', singles_ms.length),
        figure('one event, p99', quantile(singles_ms, 0.99), 'ms', singles_ms.length),
      ];
    }),
};

type Door = ReturnType<typeof postingTo>;

/** How many events were acknowledged. */
async function postFor(lasts_ms: number, door: Door): Promise<number> {
  const until = Date.now() + lasts_ms;
  let made = 0;
  async function post(): Promise<void> {
    while (Date.now() < until) {
      const body = Array.from({ length: LINES }, () => {
        made += 1;
        return issuedEvent(made, made % 100 < FAILED_OF_100);
      });
      await postUntilTaken(body, door);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, post));
  return made;
}

/** How long each took until it was acknowledged, in ms. */
async function postSingly(lasts_ms: number, first: number, door: Door): Promise<number[]> {
  const until = Date.now() + lasts_ms;
  const times: number[] = [];
  while (Date.now() < until) {
    const began = performance.now();
    await postUntilTaken([issuedEvent(first + times.length + 1, false)], door);
    times.push(performance.now() - began);
  }
  return times;
}
