import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FILES, ROOT, read } from '../tidy/repository.ts';

/** Instructions, continued lines joined. */
const INSTRUCTIONS = read('Containerfile')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [name = '', ...rest] = line.split(' ');
    return { name, value: rest.join(' ').trim() };
  });

const LAST_STAGE = INSTRUCTIONS.slice(INSTRUCTIONS.findLastIndex(({ name }) => name === 'FROM'));

function valuesOf(instruction: string, among = INSTRUCTIONS): string[] {
  return among.filter(({ name }) => name === instruction).map(({ value }) => value);
}

/** The words of an instruction in the form that no shell sees. */
function wordsOf(value: string): string[] {
  return JSON.parse(value.slice(value.indexOf('[')));
}

it('the image is of a tag, by a short name', () => {
  for (const base of valuesOf('FROM')) expect(base).toMatch(/^[a-z]+:[\w.-]+( AS \w+)?$/);
});

it('the image runs as somebody who is not root, and writes to the volume', () => {
  expect(valuesOf('USER', LAST_STAGE)).toEqual(['node']);
  expect(valuesOf('VOLUME', LAST_STAGE)).toEqual(['/data']);
  expect(valuesOf('ENV', LAST_STAGE).join(' ').split(' ')).toContain('DATA_DIR=/data');
  const [made] = valuesOf('RUN', LAST_STAGE).map(wordsOf);
  expect(made).toEqual(['install', '-d', '-o', 'node', '-g', 'node', '-m', '0700', '/data']);
});

it('every program of the image is there, and started without a shell', () => {
  const commands = [
    ...valuesOf('RUN'),
    ...valuesOf('ENTRYPOINT'),
    ...valuesOf('HEALTHCHECK').map((it) => it.slice(it.indexOf('CMD'))),
  ].map(wordsOf);
  const modules = commands.flatMap((words) => words.filter((it) => /\.(ts|mjs)$/.test(it)));
  expect(modules.toSorted()).toEqual([
    'main.ts',
    'platform/commands/ready.ts',
    'platform/setup/setup.mjs',
  ]);
  for (const module of modules) expect(existsSync(join(ROOT, module)), module).toBe(true);
});

it('what is no part of the product, or secret, does not get into the image', () => {
  const ignored = read('.containerignore').split('\n');
  const folders = new Set(FILES.map((it) => it.split('/')[0] ?? ''));
  const packed: string[] = JSON.parse(read('package.json')).files;
  const kept = [...folders].filter((it) => !ignored.includes(it) && !packed.includes(it));
  const of_the_build = ['.containerignore', 'Containerfile', 'package-lock.json', 'package.json'];
  const of_the_reader = ['CONTRIBUTING.md', 'LICENSE', 'README.md'];
  expect(kept.toSorted()).toEqual([...of_the_build, ...of_the_reader].toSorted());
  expect(ignored).toEqual(expect.arrayContaining(['data', 'node_modules', '.git', 'secret.key']));
});
