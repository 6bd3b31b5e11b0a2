import { describe, expect, it, test } from 'vitest';
import { csvLine } from '../../status-page/api/v1/history/csv.ts';
import { createRandom } from '../random.ts';
import { ask } from './request.ts';
import { aResult, NOW, siteConfiguration } from './site.ts';
import { usePage } from './use-page.ts';

describe('a line', () => {
  // Cells of OWASP's page "CSV Injection" and what it asks for, by hand.
  it.each([
    ['=1+2";=1+2', `"'=1+2"";=1+2"`],
    [`=cmd|' /C calc'!A0`, `'=cmd|' /C calc'!A0`],
    ['@SUM(1+9)*cmd', `'@SUM(1+9)*cmd`],
    ['+8613800000000', `'+8613800000000`],
    ['-2+3', `'-2+3`],
    ['\t=1', `"'\t=1"`],
    ['\r=1', `"'\r=1"`],
    ['\n=1', `"'\n=1"`],
    ['\0=1', `'\0=1`],
    ['＝1＋2', `'＝1＋2`],
    ['＠SUM', `'＠SUM`],
    ['a;=1', '"a;=1"'],
    ['a\t=1', '"a\t=1"'],
    ['-12.5', `'-12.5`],
    [-12.5, '-12.5'],
    [-1e-7, '-1e-7'],
    [0, '0'],
    [false, 'false'],
    [null, ''],
    ['', ''],
    ['1=1', '1=1'],
    ['电信 "A", B', '"电信 ""A"", B"'],
  ])('%j', (cell, expected) => {
    expect(csvLine([1, cell, 2])).toBe(`1,${expected},2\r\n`);
  });

  it('is read again as the same cells, and none is a formula', () => {
    const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
    const random = createRandom(seed);
    const draw = <T>(of: readonly T[]) => of[Math.floor(random() * of.length)] as T;
    const letters = [...'=+-@\t\r\n\0＝＋－＠\'",;1a票 '];
    const text = () =>
      Array.from({ length: Math.floor(random() * 6) }, () => draw(letters)).join('');
    const number = () => (random() - 0.5) * 10 ** Math.floor(random() * 20 - 10);
    for (let i = 0; i < 2_000; i += 1) {
      const cells = Array.from({ length: 1 + Math.floor(random() * 5) }, () =>
        draw([text, number, () => null, () => true])(),
      );
      const line = csvLine(cells);
      const read = cellsOf(line);
      const told = `SEED=${seed}: ${JSON.stringify(cells)} as ${JSON.stringify(line)}`;
      expect(read, told).toHaveLength(cells.length);
      for (const [at, cell] of cells.entries()) {
        if (typeof cell === 'number') expect(Number(read[at]), told).toBe(cell);
        else expect(read[at], told).not.toMatch(/^[=+\-@\t\r\n\0＝＋－＠]/);
        if (typeof cell === 'string') expect([cell, `'${cell}`], told).toContain(read[at]);
      }
    }
  });
});

/** The grammar of RFC 4180 for one record. */
function cellsOf(line: string): string[] {
  const cells: string[] = [];
  let at = 0;
  do {
    const [whole = '', quoted, plain = ''] =
      /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?=,|\r\n$)/.exec(line.slice(at)) ?? [];
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
    at += whole.length + 1;
  } while (line[at - 1] === ',');
  expect(line.slice(at - 1)).toBe('\r\n');
  return cells;
}

const configuration = siteConfiguration();
const page = usePage({
  configuration: {
    ...configuration,
    checks: configuration.checks.map((it) => ({ ...it, line: '=HYPERLINK("//evil","x")' })),
  },
});

test('a history says so of what it names', async () => {
  const result = aResult('beijing-query', NOW - 15_000, { bytes: -1 });
  await page.site.store.record({ results: [result] });
  const asked = { component: 'beijing.query', kind: 'results', format: 'csv' };
  const { text } = await ask(`${page.url}/api/v1/history?${new URLSearchParams(asked)}`);
  const [head = '', row = ''] = text.split('\r\n');
  const cells = cellsOf(`${row}\r\n`);
  const of = (column: string) => cells[head.split(',').indexOf(column)];
  expect([of('line'), of('bytes')]).toEqual([`'=HYPERLINK("//evil","x")`, '-1']);
});
