import { setTimeout } from 'node:timers/promises';
import { median } from '../../../bench/figure.ts';
import { memoryOf } from '../../../bench/process-memory.ts';
import { getText, metric } from '../ask.ts';
import type { Installation } from '../installation.ts';

/** The processes that are to run for months. */
export const LASTING = ['collector', 'page', 'notifier'] as const;
export type Lasting = (typeof LASTING)[number];

/** MB; what is in heaps is in `rss` too. */
export interface HeldMemory {
  rss: number;
  heap: number;
  /** Buffers and the like, outside of V8's heap. */
  external: number;
}

export type MemoryOfAll = Readonly<Record<Lasting, HeldMemory>>;

/** A heap grows until it is collected, so that one reading says little. */
const READINGS = 7;
const DISTANCE_MS = 1_000;

/** Medians of some seconds. */
export async function readMemory(site: Installation): Promise<MemoryOfAll> {
  const readings: MemoryOfAll[] = [];
  for (let n = 0; n < READINGS; n += 1) {
    await setTimeout(DISTANCE_MS);
    readings.push(await readOnce(site));
  }
  const middle = (name: Lasting): HeldMemory => ({
    rss: median(readings.map((it) => it[name].rss)),
    heap: median(readings.map((it) => it[name].heap)),
    external: median(readings.map((it) => it[name].external)),
  });
  return { collector: middle('collector'), page: middle('page'), notifier: middle('notifier') };
}

async function readOnce(site: Installation): Promise<MemoryOfAll> {
  return {
    collector: await heldBy(site.pids.collector, site.collector),
    page: await heldBy(site.pids.page, site.page_private),
    notifier: await heldBy(site.pids.notifier, site.notifier),
  };
}

async function heldBy(pid: number | undefined, origin: string): Promise<HeldMemory> {
  const text = await getText(`${origin}/metrics`);
  const mb = (name: string) => (metric(text, name) ?? Number.NaN) / 1_000_000;
  return {
    rss: memoryOf(pid ?? Number.NaN).rss,
    heap: mb('nodejs_heap_size_used_bytes'),
    external: mb('nodejs_external_memory_bytes'),
  };
}
