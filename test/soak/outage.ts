import { type Figure, median } from '../../bench/figure.ts';
import type { Transition } from '../../model/component.ts';
import { endedAt } from '../../model/result.ts';
import { print } from '../../platform/console.ts';
import { openStoreReader } from '../../store/sqlite/open.ts';
import { allOperational } from '../process/ask.ts';
import { startDrill } from '../process/drills.ts';
import { dataFolder, type Installation, startInstallation } from '../process/installation.ts';
import { createRandom } from '../random.ts';
import type { SoakPart } from './part.ts';
import { SURFACES, type Surface, watchSurfaces } from './surfaces.ts';

const FAULTS = 10;
const TOLD_WITHIN_MS = 1_000;
/** Much later than any bound: what is not seen by then is broken. */
const GIVE_UP_MS = 90_000;

/**
 * The functions of the demo that fail at once when they are switched off, and their checks' timing.
 */
const TARGETS = [
  { system: 'pinduoduo', function: 'upload', interval_ms: 10_000, deadline_ms: 5_000 },
  { system: 'beijing', function: 'query', interval_ms: 15_000, deadline_ms: 8_000 },
  { system: 'beijing', function: 'download', interval_ms: 15_000, deadline_ms: 8_000 },
] as const;
type Target = (typeof TARGETS)[number];

export const outage: SoakPart = {
  name: 'outage',
  about:
    `${FAULTS} times a function of a fresh demo is switched off at a random moment; every ` +
    'surface is asked every 25 ms until it says so. Told is counted from the end of the ' +
    'confirming run.',

  async run(seed) {
    const random = createRandom(seed);
    const faults: Fault[] = [];
    for (let n = 0; n < FAULTS; n += 1) {
      const target = TARGETS[Math.floor(random() * TARGETS.length)] ?? TARGETS[0];
      const fault = await inFreshDemo(target, target.interval_ms * (1 + random()));
      print(`  ${JSON.stringify(fault)}`);
      faults.push(fault);
    }
    return [...confirmation(faults), ...SURFACES.flatMap((surface) => telling(faults, surface))];
  },
};

/**
 * A demo of its own for each fault: several within half an hour would rightly be told as some users
 * affected. The wait is longer than an interval, because regular slots begin with the first cron
 * instant after the start.
 */
async function inFreshDemo(target: Target, wait_ms: number): Promise<Fault> {
  const folder = dataFolder();
  const demo = await startInstallation(folder);
  try {
    await allOperational(demo.page);
    await new Promise((resolve) => setTimeout(resolve, wait_ms));
    return await injectFault(demo, target);
  } finally {
    await demo.kill();
    folder.remove();
  }
}

interface Fault {
  target: string;
  bound_ms: number;
  /** From the injection to the end of the run that confirmed it. */
  confirmed_ms: number;
  /** From there until each surface said so. */
  told_ms: Record<Surface, number>;
}

/** Switches a function off until every surface has said so. */
async function injectFault(demo: Installation, target: Target): Promise<Fault> {
  const { system, interval_ms, deadline_ms } = target;
  const watched = { system, function: target.function };
  const injected_at = Date.now();
  const [seen_at] = await Promise.all([
    watchSurfaces(demo, watched, GIVE_UP_MS),
    startDrill(demo.simulators, system, { kind: 'outage', function: target.function }),
  ]);
  const confirmed_at = await confirmedAt(demo, target, injected_at);
  return {
    target: `${system}.${target.function}`,
    bound_ms: interval_ms + Math.max(10_000, deadline_ms) + deadline_ms,
    confirmed_ms: confirmed_at - injected_at,
    told_ms: {
      page: seen_at.page - confirmed_at,
      'summary.json': seen_at['summary.json'] - confirmed_at,
      metrics: seen_at.metrics - confirmed_at,
      '/live': seen_at['/live'] - confirmed_at,
    },
  };
}

/** When the run ended that made the component a major outage. */
async function confirmedAt(
  { database }: Installation,
  target: Target,
  after: number,
): Promise<number> {
  const reader = await openStoreReader({ path: database });
  try {
    const isIt = (it: Transition) =>
      it.component === `${target.system}.${target.function}` &&
      it.to === 'major_outage' &&
      it.recorded_at >= after;
    const transition = (await reader.transitions(after - 60_000, after + GIVE_UP_MS)).find(isIt);
    const [check, slot] = transition?.cause_ref?.split('@') ?? [];
    if (check === undefined) throw new Error(`no transition of ${target.function} with its cause`);
    const slot_at = Number(slot);
    const [result] = await reader.results({ check, from: slot_at, to: slot_at + 1, limit: 1 });
    if (result === undefined) throw new Error(`no result ${check}@${slot}`);
    return endedAt(result);
  } finally {
    await reader.close();
  }
}

function confirmation(faults: readonly Fault[]): Figure[] {
  return [...Map.groupBy(faults, (fault) => fault.bound_ms)].flatMap(([bound_ms, them]) => {
    const times = them.map((fault) => fault.confirmed_ms / 1_000);
    const names = [...new Set(them.map((fault) => fault.target))].toSorted().join(', ');
    const what = `fault → end of the confirming run, ${names}`;
    const of = { unit: 's', n: them.length };
    return [
      { ...of, what: `${what}: median`, value: median(times), budget: null },
      {
        ...of,
        what: `${what}: longest`,
        value: Math.max(...times),
        budget: { at_most: bound_ms / 1_000 },
      },
    ];
  });
}

function telling(faults: readonly Fault[], surface: Surface): Figure[] {
  const times = faults.map((fault) => fault.told_ms[surface]);
  const of = { unit: 'ms', n: faults.length };
  return [
    { ...of, what: `confirmed → ${surface}: median`, value: median(times), budget: null },
    {
      ...of,
      what: `confirmed → ${surface}: longest`,
      value: Math.max(...times),
      budget: { at_most: TOLD_WITHIN_MS },
    },
  ];
}
