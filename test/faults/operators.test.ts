import { describe, expect, it } from 'vitest';
import { planted } from './fault.ts';
import { faultsOf } from './operators.ts';

/** What a line becomes, by each of its faults. */
function become(text: string): string[] {
  return faultsOf('a.ts', text).map((fault) => planted(text, fault));
}

describe('faults of', () => {
  it.each<[string, string, string[]]>([
    ['a number', 'f = 10;', [';', 'f = 20;', 'f = 5;']],
    [
      'nought and one',
      'const f = [0, 1];',
      ['const f = [1, 1];', 'const f = [0, 0];', 'const f = [0, 2];'],
    ],
    ['a default', 'const f = a ?? 0;', ['const f = a ?? 10000000000000;']],
    ['a unit', 'const f = a(SECOND);', ['const f = a(60_000);']],
    ['what only sounds like one: none', 'const f = a.toString();', []],
    ['a comparison', 'const f = a < b;', ['const f = a <= b;', 'const f = a > b;']],
    ['equality', 'const f = (a) === b;', ['const f = (a) !== b;']],
    ['a condition', 'const f = a && b;', ['const f = a || b;']],
    ['a negation', 'const f = !a;', ['const f = a;']],
    ['a sum', 'const f = a + b;', ['const f = a - b;']],
    ['a choice', 'const f = a ? b : c;', ['const f = !(a) ? b : c;']],
    ['a call', 'tell(a);', [';']],
    ['an assignment', 'f = a;', [';']],
    ['spreads', 'const f = [...a, b];', ['const f = [...[], b];']],
    ['spreads of objects', 'const f = { ...a };', ['const f = { ...{} };']],
    ['spreads of arguments: none', 'const f = g(...a);', []],
    ['what stands behind Chinese', "const f = '发票' + a;", ["const f = '发票' - a;"]],
    ['types: none', 'type F = 1 | 2; interface G { a: 3 }', []],
    ['a cast', 'const f = (2 as F);', ['const f = (4 as F);', 'const f = (1 as F);']],
    ['comments and imports: none', "import { a } from 'b'; // 1 + 2", []],
    ['what is logged: none', "log.info({ a: 1 }, 'b');", []],
    ['keys: none', 'const f = { 5: a };', []],
  ])('%s', (_, text, expected) => {
    expect(become(text)).toEqual(expected);
  });

  it('have the line and its words', () => {
    const [fault] = faultsOf('a.ts', 'const a = b;\n\n  const c =  a < b;\n');
    expect(fault).toMatchObject({
      line: 3,
      before: 'const c = a < b;',
      after: 'const c = a <= b;',
    });
  });
});
