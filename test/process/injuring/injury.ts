import { basename, dirname } from 'node:path';
import Database from 'better-sqlite3';
import { obeyOrders } from './orders.ts';

/**
 * Loaded before a process of the product (`node --import`): names every step of its writing, and
 * injures the process, its parent or its disk at the one that it is told. The product knows nothing
 * of it.
 */

const { pass } = obeyOrders({
  folder: process.env.INJURIES ?? '',
  ballast: process.env.INJURY_BALLAST,
  // `collector`, `status-page`, `notify`.
  name: basename(dirname(process.argv[1] ?? '')),
  victimOf: ({ victim }) => (victim === 'main' ? process.ppid : process.pid),
});

/** What the open transaction wrote first: the table, and what is done to a delivery. */
let subjects: string[] = [];

nameSteps();

function nameSteps(): void {
  const prepare = Database.prototype.prepare;
  Database.prototype.prepare = function named(this: Database.Database, sql: string) {
    const statement = prepare.call(this, sql);
    const names = namesOf(sql.toLowerCase());
    if (names.length > 0) {
      for (const way of ['run', 'all'] as const) {
        const execute = statement[way].bind(statement) as (...given: unknown[]) => unknown;
        Object.assign(statement, {
          [way]: (...given: unknown[]) => inSteps(names, execute, given),
        });
      }
    }
    return statement;
  } as typeof prepare;
}

/** What is done to a delivery, by the statement that does it. */
const DEEDS: readonly [deed: string, statement: RegExp][] = [
  ['claim', /"attempts" \+ .* in \(select/],
  ['gather', /"attempts" \+ .* in \(\?/],
  ['bind', /set "told_with" = \? where "id" in/],
  ['overtake', /"overtaken_by" = \? where "id" =/],
  ['settle', /set "status" = \?, "settled_at" = \?.* returning/],
  ['let next', /set "is_next" =/],
  ['retry', /set "due_at" = \?, "error" =/],
  ['put off', /"attempts" - .* returning/],
  ['release', /set "owner" = \?, "may_be_sent" =/],
];

/** `begin`, `commit`, `insert result`, `update delivery` and `claim`; none for reading. */
function namesOf(sql: string): string[] {
  if (sql === 'begin immediate') return ['begin'];
  if (sql === 'commit') return ['commit'];
  const [, verb, table] = /^\s*(insert|update|delete)(?: into| from)?\s+"(\w+)"/.exec(sql) ?? [];
  if (verb === undefined) return [];
  const deed = DEEDS.find(([, statement]) => statement.test(sql))?.[0];
  const is_deed = verb === 'update' && table === 'delivery' && deed !== undefined;
  return [`${verb} ${table}`, ...(is_deed ? [deed] : [])];
}

function inSteps(
  names: readonly string[],
  execute: (...given: unknown[]) => unknown,
  given: unknown[],
): unknown {
  const [verb = '', deed] = names;
  if (verb === 'begin') subjects = [];
  const steps = verb === 'commit' ? subjects.map((it) => `commit ${it}`) : names;
  if (verb !== 'begin' && verb !== 'commit' && subjects.length === 0) {
    const [, table = ''] = verb.split(' ');
    subjects = [table, ...(deed === undefined ? [] : [deed])];
  }
  for (const step of steps) pass(`before ${step}`);
  const done = execute(...given);
  for (const step of steps) pass(`after ${step}`);
  return done;
}
