/**
 * Makes a fresh clone ready to run: dependencies (and with them the runtime), the built page and,
 * with `--test`, the programs that tests drive, with `--bench` also those that benchmarks put
 * beside us. Plain JavaScript for the Node that happens to be there (20 or newer), without
 * dependencies, because it runs before any is installed. Does nothing, quickly, when nothing is
 * stale.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { withLock } from './lock.mjs';
import { installTestPrograms } from './test-programs.mjs';

const ROOT = join(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), '../..');
const NEEDED_MAJOR = 24;
const BUNDLED_NODE = join(ROOT, 'node_modules/.bin/node');

const for_bench = process.argv.includes('--bench');
const for_tests = for_bench || process.argv.includes('--test');
if (isStale(dependencies()) || isStale(page())) {
  withLock(ROOT, tell, () => {
    // Looked at again: whoever held the lock before us did the same work.
    bring(dependencies());
    requireRuntime();
    bring(page());
  });
} else {
  requireRuntime();
}
if (for_tests) installTestPrograms({ with_peers: for_bench, tell, refuse });

/** What npm installs, from the lock file. */
function dependencies() {
  return {
    name: 'installing dependencies',
    proof: join(ROOT, 'node_modules/.bin'),
    stamp: join(ROOT, 'node_modules/.piaokuang-lock'),
    state: fingerprint(ROOT, ['package-lock.json']),
    make: () => run(...npm('ci', '--loglevel=error')),
  };
}

/** What Vite builds, from the sources of the page and what they import. */
function page() {
  const sources = ['status-page/web', 'messages', 'model', 'package-lock.json'];
  return {
    name: 'building the page',
    proof: join(ROOT, 'dist/web/manifest.json'),
    stamp: join(ROOT, 'dist/.piaokuang-web'),
    state: fingerprint(ROOT, sources),
    make: () => {
      const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
      const config = join(ROOT, 'status-page/web/vite.config.ts');
      run(runtime(), [vite, 'build', '--logLevel', 'warn', '--config', config]);
    },
  };
}

/**
 * A product is stale when its stamp is not the state of its sources: times of files say nothing in
 * a clone.
 */
function isStale({ proof, stamp, state }) {
  return !existsSync(proof) || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== state;
}

function bring(product) {
  if (!isStale(product)) return;
  const start = Date.now();
  tell(`${product.name} …`);
  product.make();
  mkdirSync(dirname(product.stamp), { recursive: true });
  writeFileSync(product.stamp, product.state);
  tell(`${product.name}: done in ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

/**
 * The npm that runs us, by the node that runs it: not a `node` that `npm ci` is about to replace.
 */
function npm(...args) {
  const { npm_node_execpath, npm_execpath } = process.env;
  return npm_node_execpath && npm_execpath
    ? [npm_node_execpath, [npm_execpath, ...args]]
    : ['npm', args];
}

function runtime() {
  return existsSync(BUNDLED_NODE) ? BUNDLED_NODE : 'node';
}

/**
 * The dependencies bring a runtime for Linux on x64 and arm64; elsewhere the machine's own must be
 * new enough.
 */
function requireRuntime() {
  const asked = spawnSync(runtime(), ['-p', 'process.versions.node'], { encoding: 'utf8' });
  const found = asked.status === 0 ? asked.stdout.trim() : 'none that works';
  if (Number.parseInt(found, 10) >= NEEDED_MAJOR) return;
  const machine = `${process.platform} ${process.arch}`;
  refuse(
    `Node ${NEEDED_MAJOR} or newer is needed; found ${found} on ${machine}.`,
    'Install it, or install the optional dependencies, which bring it on Linux x64 and arm64.',
  );
}

function run(program, args) {
  // Whatever it says is for people: stdout belongs to the program that starts after us.
  const { status, error } = spawnSync(program, args, { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (status !== 0)
    refuse(`${program} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}.`);
}

function tell(words) {
  process.stderr.write(`setup: ${words}\n`);
}

function refuse(...lines) {
  for (const line of lines) tell(line);
  process.exit(1);
}
