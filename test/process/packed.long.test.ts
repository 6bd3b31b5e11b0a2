import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PICKED_PORTS } from '../picked-ports.ts';
import { ROOT, read } from '../tidy/repository.ts';
import { eventually } from './wait.ts';

/**
 * The steps of the Containerfile in an empty folder, with nothing of this machine but its
 * programs: packed, installed from the lock without what only tests need, and run by nobody in
 * particular from a folder that may not be written.
 */

const NOBODY = 65534;
const IS_ROOT = process.getuid?.() === 0;

const folder = mkdtempSync(join(tmpdir(), 'piaokuang-packed-'));
const product = join(folder, 'package');
const data = join(folder, 'data');
/** The programs of the machine, not those of our dependencies. */
const PATH = (process.env.PATH ?? '').split(':').filter((it) => !it.includes('node_modules'));
const BARE = { PATH: PATH.join(':'), HOME: homedir() };

beforeAll(async () => {
  await promisify(execFile)('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: ROOT,
    env: BARE,
  });
  const [archive = ''] = readdirSync(folder).filter((it) => it.endsWith('.tgz'));
  execFileSync('tar', ['xzf', archive], { cwd: folder });
  const install = ['ci', '--omit=dev', '--prefer-offline', '--loglevel=error'];
  await promisify(execFile)('npm', install, { cwd: product, env: BARE });
  execFileSync('chmod', ['-R', 'a-w', product]);
  execFileSync('chmod', ['a+rx', folder]);
  mkdirSync(data);
  if (IS_ROOT) chownSync(data, NOBODY, NOBODY);
});

afterAll(() => {
  execFileSync('chmod', ['-R', 'u+w', folder]);
  rmSync(folder, { recursive: true, force: true });
});

/** Runs it as npm would, by its name in package.json; that has done its set-up. */
function start(...args: string[]) {
  const node = join(product, 'node_modules/.bin/node');
  return spawn(node, ['main.ts', ...args], {
    cwd: product,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(IS_ROOT && { uid: NOBODY, gid: NOBODY }),
    env: { ...BARE, HOME: data, ...PICKED_PORTS, DATA_DIR: join(data, 'of-it'), DEMO_DRILL: 'off' },
  });
}

test('the archive has what runs, and nothing of the tests', () => {
  const top = readdirSync(product).filter((it) => it !== 'node_modules');
  const { files } = JSON.parse(read('package.json'));
  const always = ['LICENSE', 'README.md', 'package.json'];
  expect(top.toSorted()).toEqual([...files, ...always].toSorted());
  const all = readdirSync(product, { recursive: true, encoding: 'utf8' });
  const ours = all.filter((it) => !it.startsWith('node_modules'));
  expect(ours.filter((it) => /\.test\.ts$|\.db(-\w+)?$|secret\.key|\.log$/.test(it))).toEqual([]);
  expect(readdirSync(join(product, 'node_modules'))).not.toContain('vitest');
});

test('its set-up finds nothing to do, and so needs not write', () => {
  const setup = join(product, 'platform/setup/setup.mjs');
  const said = execFileSync(join(product, 'node_modules/.bin/node'), [setup], {
    env: BARE,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(IS_ROOT && { uid: NOBODY, gid: NOBODY }),
  });
  expect(said).toBe('');
});

test('it says how it is used', async () => {
  const child = start('--help');
  const words: string[] = [];
  child.stdout.on('data', (chunk) => words.push(String(chunk)));
  const [code] = await once(child, 'close');
  expect({ code, said: words.join('') }).toEqual({
    code: 0,
    said: expect.stringContaining('Usage: npm start -- [--config FILE]'),
  });
});

test('it starts, and its page answers', async () => {
  const child = start();
  const words: string[] = [];
  child.stderr.on('data', (chunk) => words.push(String(chunk)));
  child.stdout.resume();
  const ended = once(child, 'exit');
  try {
    const { value: page } = await eventually('it says where its page is', async () => {
      if (child.exitCode !== null) throw new Error(words.join(''));
      return /page +(http:\S+)/.exec(words.join(''))?.[1];
    });
    const answer = await fetch(page);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<html');
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
  expect(child.exitCode).toBe(0);
});
