import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the processes of a sweep tell each other, a line each. */
type Line =
  | { begun: number; process: number }
  /** A fault was tried with a test, and how long it took. */
  | { tried: number; process: number; ms: number }
  | { seen: number };

export interface SweepRecord {
  write(line: Line): void;
  /** What others wrote counts from then on. */
  catchUp(): void;
  isSeen(id: number): boolean;
  triedMs(id: number): number;
  /** What was begun, and nothing was heard of since. */
  unfinished(): number[];
  /** In bytes: whether anything goes on. */
  size(): number;
}

export function openRecord(folder: string): SweepRecord {
  const path = join(folder, 'record.jsonl');
  const seen = new Set<number>();
  const tried_ms = new Map<number, number>();
  const begun = new Map<number, number>();
  let read_to = 0;
  writeFileSync(path, '', { flag: 'a' });

  function take(line: Line): void {
    if ('seen' in line) seen.add(line.seen);
    else if ('begun' in line) begun.set(line.process, line.begun);
    else {
      begun.delete(line.process);
      tried_ms.set(line.tried, (tried_ms.get(line.tried) ?? 0) + line.ms);
    }
  }

  return {
    write: (line) => appendFileSync(path, `${JSON.stringify(line)}\n`),
    catchUp() {
      const bytes = readFileSync(path);
      const end = bytes.lastIndexOf('\n') + 1;
      for (const line of bytes.toString('utf8', read_to, end).split('\n'))
        if (line !== '') take(JSON.parse(line) as Line);
      read_to = end;
    },
    isSeen: (id) => seen.has(id),
    triedMs: (id) => tried_ms.get(id) ?? 0,
    unfinished: () => [...begun.values()],
    size: () => statSync(path).size,
  };
}
