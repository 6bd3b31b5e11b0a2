import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROWS } from './rows.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/judging.md'), 'utf8');
/** Ids at the beginning of a sentence: `**CHECK-1**`. */
const STATED = [...PAGE.matchAll(/\*\*([A-Z]+-\d+)\*\*/g)].map(([, id]) => id);

describe.each([...Map.groupBy(ROWS, (it) => it.id)])('%s', (_, rows) => {
  it.each(rows)('$says', ({ shows }) => shows());
});

describe('docs/judging.md', () => {
  it('states each rule once', () => {
    expect(STATED.filter((id, i) => STATED.indexOf(id) !== i)).toEqual([]);
  });
  it('has an example for every rule, and a rule for every example', () => {
    const shown = new Set(ROWS.map((it) => it.id));
    expect([...new Set(STATED)].sort()).toEqual([...shown].sort());
  });
});
