import { readFileSync, writeFileSync } from 'node:fs';

/** One JSON value a line, so that a change of one file is a change of one line. */
export function writeLines(place: URL, values: readonly unknown[]): void {
  writeFileSync(place, values.map((value) => `${JSON.stringify(value)}\n`).join(''));
}

/** The values as they were written. */
export function readLines(place: URL) {
  const lines = readFileSync(place, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}
