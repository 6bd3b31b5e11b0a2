import { closeSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { OrderedInjury } from './injuries.ts';

/**
 * Loaded before a process of the product (`node --import`): names every step of its writing, and
 * injures the process, its parent or its disk at the one that it is told. The product knows nothing
 * of it.
 */

const { INJURIES: folder = '', INJURY_BALLAST: ballast } = process.env;
/** `collector`, `status-page`, `notify`. */
const name = basename(dirname(process.argv[1] ?? ''));
const orders = join(folder, `${name}.json`);

/** A step that is seldom is not waited for n times, but struck at the first after this time. */
const NTH_WITHIN_MS = 10_000;

let injury: OrderedInjury | null = null;
let ordered_at = 0;
/** The first table that the open transaction has written. */
let subject: string | null = null;

setInterval(readOrders, 50).unref();
nameSteps();

function readOrders(): void {
  try {
    injury = JSON.parse(readFileSync(orders, 'utf8')) as OrderedInjury;
    ordered_at = performance.now();
    rmSync(orders);
  } catch {
    // None, or being written.
  }
}

function nameSteps(): void {
  const prepare = Database.prototype.prepare;
  Database.prototype.prepare = function named(this: Database.Database, sql: string) {
    const statement = prepare.call(this, sql);
    const verb = verbOf(sql);
    if (verb !== null) {
      for (const way of ['run', 'all'] as const) {
        const execute = statement[way].bind(statement) as (...given: unknown[]) => unknown;
        Object.assign(statement, { [way]: (...given: unknown[]) => inSteps(verb, execute, given) });
      }
    }
    return statement;
  } as typeof prepare;
}

/** `begin`, `commit`, `insert result`, `update delivery`, `delete look`; null for reading. */
function verbOf(sql: string): string | null {
  if (sql === 'begin immediate') return 'begin';
  if (sql === 'commit') return 'commit';
  const [, verb, table] =
    /^\s*(insert|update|delete)(?: into| from)?\s+"(\w+)"/.exec(sql.toLowerCase()) ?? [];
  return verb === undefined ? null : `${verb} ${table}`;
}

function inSteps(verb: string, execute: (...given: unknown[]) => unknown, given: unknown[]) {
  if (verb === 'begin') subject = null;
  else if (verb !== 'commit') subject ??= verb.split(' ')[1] ?? null;
  const step = verb === 'commit' ? `commit ${subject}` : verb;
  pass(`before ${step}`);
  const done = execute(...given);
  pass(`after ${step}`);
  return done;
}

function pass(step: string): void {
  if (injury?.step !== step || Date.now() > injury.until) return;
  injury.nth -= 1;
  if (injury.nth > 0 && performance.now() - ordered_at < NTH_WITHIN_MS) return;
  const { action, victim } = injury;
  injury = null;
  const pid = victim === 'main' ? process.ppid : process.pid;
  writeFileSync(join(folder, 'happened'), JSON.stringify({ at: Date.now(), pid }));
  if (action === 'kill') process.kill(pid, 'SIGKILL');
  if (action === 'stop') process.kill(pid, 'SIGSTOP');
  if (action === 'full' && ballast !== undefined) fill(ballast);
}

/** Leaves not a byte on the disk of the file. */
function fill(path: string): void {
  const file = openSync(path, 'a');
  for (let size = 1 << 20; size > 0; ) {
    try {
      writeSync(file, Buffer.alloc(size));
    } catch {
      size >>= 1;
    }
  }
  closeSync(file);
}
