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

describe('the examples of docs/ingest.md', () => {
  test.for(EXAMPLES.filter(({ needs }) => isThere(needs)))(
    '$language posts a file again until it is taken',
    async ({ language, has, file, run }) => {
      const ingest = await startOddIngest(['busy', 'down']);
      const folder = mkdtempSync(join(tmpdir(), 'piaokuang-example-'));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      writeFileSync(join(folder, file), exampleOf(language, has));
      const events = Array.from({ length: 30 }, (_, i) => JSON.stringify(anEvent(`e${i}`)));
      writeFileSync(join(folder, 'events.ndjson'), events.join('\n'));
      const [program, ...args] = run;
      const env = { ...process.env, INGEST_URL: ingest.url, INGEST_TOKEN: ingest.token };
      const said = await new Promise<string>((resolve, reject) => {
        execFile(program, args, { cwd: folder, env }, (error, stdout, stderr) =>
          error === null ? resolve(stdout) : reject(new Error(`${error.message} ${stderr}`)),
        );
      });
      expect(said).toContain('30');
      expect(await ingest.counted()).toBe(30);
      expect(ingest.met).toEqual(['busy', 'down', 'taken']);
    },
  );

  test('there is one of each language', () =>
    expect(EXAMPLES.map(({ language, has }) => exampleOf(language, has).length > 0)).toEqual([
      true,
      true,
      true,
    ]));
});
