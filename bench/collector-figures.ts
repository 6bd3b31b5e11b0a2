import { openStoreReader } from '../store/sqlite/open.ts';
import { metric } from '../test/process/ask.ts';

/** What a process has used of its processors, from the text of its metrics. */
export function cpuSeconds(text: string): number {
  return metric(text, 'process_cpu_seconds_total') ?? Number.NaN;
}

/** What it has in memory, in MB. */
export function residentMb(text: string): number {
  return (metric(text, 'process_resident_memory_bytes') ?? Number.NaN) / 1e6;
}

/** From the slot to the start of each run of a database since then, in ms. */
export async function lagsOf(path: string, from: number): Promise<number[]> {
  const reader = await openStoreReader({ path });
  const results = await reader.results({ from, to: Date.now(), limit: 1_000_000 });
  await reader.close();
  return results.map(({ slot_at, started_at }) => started_at - slot_at);
}
