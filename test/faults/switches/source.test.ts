import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { read } from '../../tidy/repository.ts';
import { faultsBelow } from '../draw.ts';
import { planted } from '../fault.ts';
import { faultsOf } from '../operators.ts';
import { type NumberedFault, withSwitches } from './source.ts';

/** Files of a few lines that work out `f`, and what in them is to be switched. */
const SOURCES: readonly [what: string, text: string][] = [
  ['a number', 'export const f = () => 10 + 1;'],
  [
    'comparisons in each other',
    'export const f = () => [1, 2, 3].filter((n) => n > 1 && !(n >= 3));',
  ],
  ['a condition', 'export function f() { const a = 3; if (a > 2) return "more"; return "less"; }'],
  ['a choice', 'export const f = () => (1 < 2 ? "a" : "b");'],
  [
    'a dropped call',
    'export function f() { const all = []; all.push(1); all.push(2); return all; }',
  ],
  ['an assignment', 'export function f() { let a = "x"; a = "y"; return a; }'],
  ['spreads', 'export const f = () => ({ ...{ a: 1 }, b: [...[2, 3]] });'],
  ['a constant of the file', 'const MOST = 4 * 5;\nexport const f = () => Math.min(MOST, 30);'],
  ['a constant that others take', 'export const most = 7;\nexport const f = () => most;'],
  [
    'a table of the file',
    'const T = { a: [1, 2], b: () => 3 };\nexport const f = () => [T.a, T.b()];',
  ],
  ['a name that is key and value', 'export function f() { const a = 2; return { a, b: a - 1 }; }'],
];

describe('a file with switches does what it does with the fault planted:', () => {
  it.each(SOURCES)('%s', async (_, text) => {
    const faults = faultsOf('a.ts', text).map((fault, id) => ({ id, fault }));
    expect(faults).not.toEqual([]);
    const switched = await load(withSwitches('a.ts', text, faults));
    expect(switched.worksOut(null)).toEqual((await load(text)).worksOut(null));
    for (const { id, fault } of faults)
      expect(switched.worksOut(id)).toEqual((await load(planted(text, fault))).worksOut(null));
    expect(switched.worksOut(null)).toEqual((await load(text)).worksOut(null));
  });
});

it('every file in which faults are planted can be read with all of them', () => {
  const by_path = Map.groupBy(
    faultsBelow('').map((fault, id) => ({ id, fault })),
    ({ fault }) => fault.path,
  );
  for (const [path, faults] of by_path) expect(errorsOf(path, faults), path).toEqual([]);
});

function errorsOf(path: string, faults: readonly NumberedFault[]): unknown[] {
  return parseSync(path, withSwitches(path, read(path), faults)).errors;
}

/** Loads a file as a runner would that has one fault on, or none. */
async function load(text: string): Promise<{ worksOut(fault: number | null): unknown }> {
  let on: number | null = null;
  const constants: [ids: number[], anew: () => void][] = [];
  const process_wide = globalThis as { __fault?: unknown; __faultyConstant?: unknown };
  process_wide.__fault = (id: number) => id === on;
  process_wide.__faultyConstant = (...constant: [number[], () => void]) => constants.push(constant);
  try {
    const url = `data:text/javascript,${encodeURIComponent(`${text}\n// ${loaded++}`)}`;
    const { f } = (await import(/* @vite-ignore */ url)) as { f: () => unknown };
    return {
      worksOut(fault) {
        on = fault;
        for (const [, anew] of constants) anew();
        return f();
      },
    };
  } finally {
    delete process_wide.__fault;
    delete process_wide.__faultyConstant;
  }
}

/** A text that was loaded once would be the same module. */
let loaded = 0;
