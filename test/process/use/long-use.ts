import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from '../../../bench/child.ts';
import { startWebhookReceiver } from '../../../channels/webhook/simulator.ts';
import { dataFolder, type Installation, startInstallation } from '../installation.ts';
import { startSimulators } from '../simulators.ts';
import { eventually } from '../wait.ts';
import { type Counted, countedBy } from './counted.ts';
import { type Life, liveThrough } from './life.ts';
import { usedConfig } from './load.ts';
import { type MemoryOfAll, readMemory } from './memory.ts';
import { startVisitors } from './visitors.ts';

export interface Use extends Life {
  /**
   * Of all requests, those before its memory is read for the first time, in minutes before all
   * others: a process that has just started has not yet what its work takes.
   */
  first_requests: number;
  first_minutes: number;
  /** By the checks, from the start on. */
  results: number;
}

/** An installation that was used, and still is measuring. */
export interface Used {
  site: Installation;
  config: string;
  env: Readonly<Record<string, string>>;
  /** After the first requests, and after all. */
  before: MemoryOfAll;
  after: MemoryOfAll;
  counted: Counted;
  /** Of the operator. */
  messages: number;
}

const SECRETS = { OPERATOR_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}` };

/** Uses an installation for long, and then does something with it. */
export async function withUsedInstallation<T>(
  use: Use,
  work: (used: Used) => Promise<T>,
  tell: (words: string) => void = () => {},
): Promise<T> {
  const { first_requests, first_minutes, results, minutes } = use;
  const stops: Stop[] = [];
  try {
    const per_second = results / ((first_minutes + minutes) * 60);
    const { site, origin, config, messages } = await startLoaded(per_second, stops);
    const visitors = startVisitors(site.page);
    stops.push(visitors.leave);
    const isMeasured = async () => (await countedBy(site)).results >= per_second;
    await eventually('first results', isMeasured);
    const lived = { visitors, origin, tell };
    await liveThrough({ requests: first_requests, streams: 0, minutes: first_minutes }, lived);
    const before = await readMemory(site);
    tell(JSON.stringify(before));
    const requests = use.requests - first_requests;
    await liveThrough({ ...use, requests }, lived);
    const isThrough = async () => {
      const counted = await countedBy(site);
      return counted.results >= results && counted.open_streams === 0;
    };
    await eventually('all results, and no stream', isThrough, LATE_FACTOR * minutes * 60_000);
    const after = await readMemory(site);
    tell(JSON.stringify(after));
    const counted = await countedBy(site);
    return await work({ site, config, env: SECRETS, before, after, counted, messages: messages() });
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** A busy machine takes so much longer to measure than was planned. */
const LATE_FACTOR = 4;

type Stop = () => unknown;

interface Loaded {
  site: Installation;
  /** Of the simulators. */
  origin: string;
  config: string;
  /** How many the operator took. */
  messages(): number;
}

/** An installation, what it measures, and an operator; `stops` get what ends each. */
async function startLoaded(results_per_second: number, stops: Stop[]): Promise<Loaded> {
  const { data_dir, remove } = dataFolder();
  stops.push(remove);
  const receiver = await startWebhookReceiver();
  stops.push(receiver.stop);
  const target = await startChild('bench/target.ts');
  stops.push(target.stop);
  const { origin, stop } = await startSimulators(data_dir);
  stops.push(stop);
  const reached = `http://127.0.0.1:${target.ports.target}`;
  const config = join(data_dir, 'used.yaml');
  const loading = { origin, site: reached, receiver: receiver.host, results_per_second };
  writeFileSync(config, usedConfig(loading));
  const args = ['--config', config];
  const site = await startInstallation({ data_dir, args, env: SECRETS, is_beside_us: true });
  stops.push(site.stop);
  return { site, origin, config, messages: () => receiver.received.length };
}
