import { expect, it } from 'vitest';
import { MINUTE } from '../../../model/time.ts';
import { FILES } from './index.ts';
import type { ReaderAnswer } from './reference/readers.ts';
import { RECORDED } from './reference/recorded.ts';
import { installedReaders, recordFiles } from './reference/recording.ts';

it(
  'public readers do today what they were recorded to do',
  async () => {
    const { versions, missing } = await installedReaders();
    for (const name of missing) tell(`${name} is not installed: not asked`);
    const today = await recordFiles(FILES);
    const recorded = new Map(Object.entries(RECORDED.versions));
    const same = new Set(
      Object.entries(versions).flatMap(([it, version]) =>
        recorded.get(it) === version ? [it] : [],
      ),
    );
    const differ: string[] = [];
    for (const [name, { readers }] of Object.entries(today.files)) {
      for (const [reader, answer] of Object.entries(readers)) {
        const then = Object.entries(RECORDED.files[name]?.readers ?? {});
        const before = then.find(([it]) => it === reader)?.[1];
        const words = `${reader}: ${name}: ${shortly(before)}, today ${shortly(answer)}`;
        if (shortly(before) === shortly(answer)) continue;
        // Another version may do otherwise; it is said, and recorded when we move to it.
        if (same.has(reader)) differ.push(words);
        else tell(words);
      }
    }
    expect(differ).toEqual([]);
  },
  15 * MINUTE,
);

/** What counts of an answer; its words differ by version and place. */
function shortly(answer: ReaderAnswer | undefined): string {
  if (answer === undefined) return 'not asked';
  const { words: _, ...rest } = answer;
  return JSON.stringify(rest, Object.keys(rest).toSorted());
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
