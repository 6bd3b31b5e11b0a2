/**
 * Prepares a fresh clone: installs dependencies (including the runtime), builds the page and, with
 * `--test`, installs programs used by tests, with `--bench` also those compared in benchmarks.
 * Plain JavaScript without dependencies for the installed Node (20 or newer), because it runs
 * before any dependency is installed. Returns quickly when nothing is stale.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fingerprint, lockIn } from './fingerprint.mjs';
import { withLock } from './lock.mjs';
import { pythonPackages } from './python-packages.mjs';
import { installTestPrograms } from './test-programs.mjs';

const ROOT = join(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), '../..');
const NEEDED_MAJOR = 24;
const BUNDLED_NODE = join(ROOT, 'node_modules/.bin/node');

const for_bench = process.argv.includes('--bench');
const for_tests = for_bench || process.argv.includes('--test');
if (isStale(dependencies()) || isStale(page())) {
  withLock(ROOT, report, () => {
    // Checked again: a previous holder of the lock may have done the work.
    update(dependencies());
    requireRuntime();
    update(page());
  });
} else {
  requireRuntime();
}
if (for_tests) {
  installTestPrograms({ with_peers: for_bench, report, fail });
  const python = pythonPackages(ROOT, run);
  if (isStale(python)) withLock(ROOT, report, () => update(python));
}

/** Installed dependencies, from the lock file. */
function dependencies() {
  return {
    name: 'installing dependencies',
    // Without it they were installed by `npm ci --omit=dev`.
    proof: join(ROOT, for_tests ? 'node_modules/.bin/vitest' : 'node_modules/.bin'),
    stamp: join(ROOT, 'node_modules/.piaokuang-lock'),
    state: fingerprint(ROOT, [lockIn(ROOT)]),
    make: () => run(...npm('ci', '--loglevel=error')),
  };
}

/** The built page, from its sources and their imports. */
function page() {
  const sources = ['status-page/web', 'messages', 'model', lockIn(ROOT)];
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
 * A product is stale when its stamp differs from the state of its sources; file times are
 * meaningless in a clone.
 */
function isStale({ proof, stamp, state }) {
  return !existsSync(proof) || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== state;
}

function update(product) {
  if (!isStale(product)) return;
  const start = Date.now();
  report(`${product.name} …`);
  product.make();
  mkdirSync(dirname(product.stamp), { recursive: true });
  writeFileSync(product.stamp, product.state);
  report(`${product.name}: done in ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

/**
 * Runs the current npm with the current node, not with the `node` that `npm ci` is about to
 * replace.
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
 * Dependencies include a runtime for Linux on x64 and arm64; elsewhere the installed one must be
 * recent enough.
 */
function requireRuntime() {
  const asked = spawnSync(runtime(), ['-p', 'process.versions.node'], { encoding: 'utf8' });
  const found = asked.status === 0 ? asked.stdout.trim() : 'none that works';
  if (Number.parseInt(found, 10) >= NEEDED_MAJOR) return;
  const machine = `${process.platform} ${process.arch}`;
  fail(
    `Node ${NEEDED_MAJOR} or newer is needed; found ${found} on ${machine}.`,
    'Install it, or install the optional dependencies, which bring it on Linux x64 and arm64.',
  );
}

function run(program, args) {
  // Output goes to stderr: stdout belongs to the program that starts after us.
  const { status, error } = spawnSync(program, args, { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (status !== 0)
    fail(`${program} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}.`);
}

function report(message) {
  process.stderr.write(`setup: ${message}\n`);
}

function fail(...lines) {
  for (const line of lines) report(line);
  process.exit(1);
}
