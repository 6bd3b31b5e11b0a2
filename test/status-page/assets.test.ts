import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { loadAssets, WebPartStale } from '../../status-page/serve/assets.ts';
import { EMBED, SCRIPTS, STYLES } from '../../status-page/web/entries.ts';

/** A web part as Vite builds it: a manifest, and each file in three codings. */
function build(directory: string): void {
  const sources = [...Object.values(SCRIPTS), ...Object.values(STYLES)];
  const manifest = Object.fromEntries(
    sources.map((source, index) => {
      const file = `part-${index}.${source.endsWith('.css') ? 'css' : 'js'}`;
      for (const coding of ['', '.br', '.gz']) writeFileSync(join(directory, file + coding), 'x');
      return [source, { file }];
    }),
  );
  for (const coding of ['', '.br', '.gz']) {
    writeFileSync(join(directory, EMBED.file + coding), 'x');
  }
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify(manifest));
}

describe('a web part that does not fit', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'piaokuang-web-'));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    build(directory);
  });

  it('is not one that was built', async () => {
    const { paths } = await loadAssets(directory);
    expect(Object.keys(paths.scripts)).toEqual(Object.keys(SCRIPTS));
  });

  it.each<[what: string, spoil: () => void, said: RegExp]>([
    [
      'that was never built',
      () => rmSync(join(directory, 'manifest.json')),
      /manifest\.json is missing/,
    ],
    [
      'without one of its files',
      () => rmSync(join(directory, 'part-0.js.br')),
      /part-0\.js\.br is missing/,
    ],
    [
      'of other sources',
      () => {
        const file = join(directory, 'manifest.json');
        const [first, ...rest] = Object.entries(JSON.parse(readFileSync(file, 'utf8')));
        writeFileSync(file, JSON.stringify(Object.fromEntries(rest)));
        expect(first).toBeDefined();
      },
      /its manifest does not name/,
    ],
    [
      'whose manifest was cut',
      () => {
        const file = join(directory, 'manifest.json');
        writeFileSync(file, readFileSync(file).subarray(0, 20));
      },
      /its manifest cannot be read/,
    ],
  ])('%s is refused in a sentence that says what to do', async (_, spoil, said) => {
    spoil();
    const error = await loadAssets(directory).catch((err: unknown) => err);
    expect(error).toBeInstanceOf(WebPartStale);
    expect((error as Error).message).toMatch(said);
    expect((error as Error).message).toMatch(/build it by npm start/);
  });
});
