import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UnrecoverableError } from '../../platform/unrecoverable.ts';
import { createRandom } from '../random.ts';
import { parseText, problemsIn, SOUND, soundWith } from './parsed-text.ts';

const DEMO = readFileSync(join(import.meta.dirname, '../../config/demo.yaml'), 'utf8');

describe('a hostile configuration', () => {
  it('may not grow by aliases', () => {
    const layers = Array.from({ length: 10 }, (_, i) => {
      const inside =
        i === 0
          ? 'x,x,x,x,x,x,x,x,x'
          : Array(9)
              .fill(`*a${i - 1}`)
              .join(',');
      return `a${i}: &a${i} [${inside}]`;
    });
    expect(problemsIn(layers.join('\n')).join()).toContain('Excessive alias count');
  });

  it.each([
    ['D16: by an anchor and an alias for each key', 'k: &a x\n', 30_000, /more than 1000 anchors/],
    ['D16: by aliases of one anchor', 'k: *a\n', 30_000, /more than 1000 aliases/],
    ['D16: by brackets', '[', 300_000, /nested more than 50 deep/],
    ['D16: by braces', '{a: ', 100_000, /nested more than 50 deep/],
    ['D16: by the same key', 'k: x\n', 30_000, /keys must be unique/],
    ['D16: by what is no YAML', 'a: b: c\n', 5_000, /Nested mappings/],
  ])('may not grow %s', (_, text, times, expected) => {
    const began = performance.now();
    expect(problemsIn(text.repeat(times)).join('\n')).toMatch(expected);
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  it('D16: may have marks of YAML in its texts, and as many anchors as anybody needs', () => {
    const text = `'${'&a *b [ { '.repeat(2_000)}'`;
    const block = `|\n  ${'&a *b [ { '.repeat(2_000)}`;
    for (const it of [text, block]) {
      expect(problemsIn(`x: ${it}\n${SOUND.replaceAll(/^\n/g, '')}`)).toEqual([
        expect.stringMatching(/^x: is not a known key/),
      ]);
    }
    const deep = `x: ${'['.repeat(50)}${']'.repeat(50)}\n${SOUND}`;
    expect(problemsIn(deep)).toEqual([expect.stringMatching(/^x: is not a known key/)]);
  });

  function withChecks(count: number, check: string): string {
    const checks = Array.from({ length: count }, (_, i) => `  c${i}: ${check}\n`).join('');
    return SOUND.slice(0, SOUND.indexOf('checks:')).concat('checks:\n', checks);
  }

  it('D16: may have 10,000 checks, and not one more', () => {
    const check = "{ system: site, function: reach, schedule: '0 * * * * *', deadline: 5s }";
    expect(parseText(withChecks(10_000, check)).checks).toHaveLength(10_000);
    expect(problemsIn(withChecks(10_001, check))).toEqual([
      'checks: expected at most 10000 entries; found 10001',
    ]);
  });

  it('D16: with 9,000 faulty checks is told by its first problems, in a moment', () => {
    const began = performance.now();
    let told = '';
    try {
      parseText(withChecks(9_000, '{ system: siet, functoin: reach }'));
    } catch (error) {
      told = (error as Error).message;
    }
    expect(performance.now() - began).toBeLessThan(20_000);
    const lines = told.split('\n');
    expect(lines[0]).toBe('my.yaml: at least 1000 problems; nothing was started.');
    expect(lines[1]).toMatch(/my\.yaml:\d+:\d+ {2}checks\.c0\./);
    expect(lines).toHaveLength(52);
    expect(lines.at(-1)).toBe('  and at least 950 more');
  });

  it('D16: lists 20 of the words that it knows', () => {
    const systems = Array.from({ length: 300 }, (_, i) => i + 100).map(
      (i) =>
        `  s${i}: { name: { zh-CN: 站, en: S }, driver: web, environment: production, ` +
        `url: https://s${i}.example.org }\n`,
    );
    const text = soundWith('systems:\n', `systems:\n${systems.join('')}`);
    expect(problemsIn(text.replace('system: site', 'system: elsewhere'))).toEqual([
      expect.stringMatching(/there is no system "elsewhere"; known: (s\d+, ){19}s119 and 282 more/),
    ]);
  });

  it('may not be larger than a mebibyte', () => {
    expect(problemsIn(`# ${'x'.repeat(1024 * 1024)}`)).toEqual(['is larger than 1024 KiB']);
  });

  it('may be any text: it is a configuration or a list of problems, never a crash', () => {
    const seed = 20_260_101;
    const random = createRandom(seed);
    const pick = (n: number) => Math.floor(random() * n);
    const junk = [
      '',
      ':',
      '\n',
      '  ',
      '{',
      ']',
      '*a',
      '&a ',
      '"',
      '0',
      'null',
      '!!js/x',
      '\u0000',
      '<<: ',
    ];
    for (let round = 0; round < 300; round++) {
      let text = DEMO;
      for (let cut = 0; cut <= pick(3); cut++) {
        const at = pick(text.length);
        text = text.slice(0, at) + junk[pick(junk.length)] + text.slice(at + pick(20));
      }
      expect(() => problemsIn(text), `seed ${seed}, round ${round}`).not.toThrow();
    }
  });

  it('keeps its refusals refusals to work, not bugs', () => {
    expect(() => parseText('')).toThrow(UnrecoverableError);
  });
});
