import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { anEvent, startOddIngest } from './odd-ingest.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/ingest.md'), 'utf8');

/** The example of the page in a language that has the text in it. */
function exampleOf(language: string, text: string): string {
  const blocks = [...PAGE.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
  const found = blocks.find(([, of, code]) => of === language && code?.includes(text));
  if (found?.[2] === undefined) throw new Error(`no example in ${language} has ${text}`);
  return found[2];
}

const EXAMPLES = [
  { language: 'bash', has: '--retry', file: 'post.sh', run: ['bash', 'post.sh'], needs: 'curl' },
  {
    language: 'python',
    has: 'urllib',
    file: 'post.py',
    run: ['python3', 'post.py'],
    needs: 'python3',
  },
  {
    language: 'java',
    has: 'HttpClient',
    file: 'Post.java',
    run: ['java', 'Post.java'],
    needs: 'java',
  },
] as const;
const isThere = (program: string) => spawnSync(program, ['--version']).error === undefined;

type Language = (typeof EXAMPLES)[number]['language'];
type Ingest = Awaited<ReturnType<typeof startOddIngest>>;

/** What the example says, and how it ends, where these lines are to be posted. */
async function posted(of: Language, ingest: Ingest, lines: readonly string[]) {
  const example = EXAMPLES.find(({ language }) => language === of);
  if (example === undefined) throw new Error(`There is no example in ${of}`);
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-example-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, example.file), exampleOf(of, example.has));
  writeFileSync(join(folder, 'events.ndjson'), lines.join('\n'));
  return await ran(example.run, folder, ingest);
}

function ran([program = '', ...args]: readonly string[], cwd: string, ingest: Ingest) {
  const env = { ...process.env, INGEST_URL: ingest.url, INGEST_TOKEN: ingest.token };
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(program, args, { cwd, env, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

const languages = EXAMPLES.filter(({ needs }) => isThere(needs)).map(({ language }) => language);
/** Those that post any number of lines. */
const AT_LENGTH = languages.filter((it) => it !== 'bash');
const manyLines = (n: number) =>
  Array.from({ length: n }, (_, i) => JSON.stringify(anEvent(`e${i}`)));

describe('the examples of docs/ingest.md', () => {
  test.for(languages)('%s posts a file again until it is taken', async (language) => {
    const ingest = await startOddIngest(['busy', 'down']);
    const { code, stdout, stderr } = await posted(language, ingest, manyLines(30));
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    expect(stdout).toContain('30');
    expect(await ingest.counted()).toBe(30);
    expect(ingest.met).toEqual(['busy', 'down', 'taken']);
  });

  test.for([
    ...languages.map((language) => [language, 'forbidden', 'Not taken'] as const),
    // What curl gets with 200 is taken for it.
    ...AT_LENGTH.map((language) => [language, 'no report', 'Welcome'] as const),
  ])('%s repeats nothing that is answered by %s, and says it', async ([language, fate, said]) => {
    const ingest = await startOddIngest([fate]);
    const { code, stdout, stderr } = await posted(language, ingest, manyLines(1));
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain(said);
    expect(ingest.met).toEqual([fate]);
  });

  test.for(AT_LENGTH)(
    '%s posts what comes after a body of which no line is an event',
    async (language) => {
      const ingest = await startOddIngest();
      const wrong = Array.from({ length: 1_000 }, () => '{}');
      const { code, stdout, stderr } = await posted(language, ingest, [...wrong, ...manyLines(3)]);
      expect([code, ingest.met]).toEqual([0, ['taken', 'taken']]);
      expect(stdout + stderr).toContain('/key');
      expect(await ingest.counted()).toBe(3);
    },
  );

  test.for(AT_LENGTH)('%s posts again what is answered by half', async (language) => {
    const ingest = await startOddIngest(['cut within']);
    const { code } = await posted(language, ingest, manyLines(3));
    expect([code, ingest.met]).toEqual([0, ['cut within', 'taken']]);
    expect(await ingest.counted()).toBe(3);
  });

  test('bash ends with an error where the answer is cut off, and may be begun again', async () => {
    const ingest = await startOddIngest(['cut within']);
    expect((await posted('bash', ingest, manyLines(3))).code).not.toBe(0);
    expect(await posted('bash', ingest, manyLines(3))).toMatchObject({ code: 0 });
    expect(await ingest.counted()).toBe(3);
  });

  test('TypeScript prints of a refused event which it is and what is wrong, no more', async () => {
    const ingest = await startOddIngest();
    const folder = mkdtempSync(join(tmpdir(), 'piaokuang-example-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const client = join(import.meta.dirname, '../../clients/ingest/index.ts');
    const example = exampleOf('ts', 'openIngestClient')
      .replace('./clients/ingest/index.ts', client)
      .replace('http://127.0.0.1:9470/ingest/events', ingest.url)
      .replace("system: 'erp'", "system: 'shop'")
      .replace("type: 'issued',", "type: 'issued', number: '26000000000000000001', price: 1,");
    writeFileSync(join(folder, 'send.mts'), example);
    const { code, stderr } = await ran([process.execPath, 'send.mts'], folder, ingest);
    expect([code, ingest.met]).toEqual([0, ['taken']]);
    expect(stderr).toMatch(/refused erp-2026-000126\/i \[[\s\S]*\/price/);
    expect(stderr).not.toContain('26000000000000000001');
  });

  test('there is one of each language', () =>
    expect(EXAMPLES.map(({ language, has }) => exampleOf(language, has).length > 0)).toEqual([
      true,
      true,
      true,
    ]));
});
