import { readFileSync } from 'node:fs';

/** What a process has in memory, in MB: all of it, and with shared pages divided (Linux). */
export function memoryOf(pid: number): { rss: number; pss: number } {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const of = (key: string) => {
    const kb = new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(text)?.[1];
    return Number(kb) / 1_000;
  };
  return { rss: of('Rss'), pss: of('Pss') };
}
