import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { SECOND } from '../../model/time.ts';
import { isAlive, type PlaceHolder, RoleTaken, type SoleRole } from '../role-taken.ts';

/** What runs once per data directory: two would measure, write and send everything twice. */
const ROLES: readonly SoleRole[] = ['collector', 'notifier'];
/** A process without its supervisor ends by itself, and a start only looks: both are waited for. */
const ORPHAN_PATIENCE_MS = 12 * SECOND;
const TURN_MS = 200;

/** The place of the only process of its role on a data directory. */
export interface RolePlace {
  /** Leaves it. The end of the process, however it ends, does too. */
  leave(): void;
}

export interface RolePlaceParts {
  role: SoleRole;
  data_dir: string;
  /** How long the end of one that should not be there is waited for. */
  orphan_patience_ms?: number;
}

/**
 * Makes this process the only one of its role on the data directory: it holds a lock of the engine,
 * which the system takes from it with its end, so that a killed one is in nobody's way. Where the
 * disk does not even allow that, it goes on without.
 *
 * @throws {RoleTaken} naming the process that has the place
 */
export async function takePlace(parts: RolePlaceParts): Promise<RolePlace> {
  const lock = await lockPlace(parts);
  writeHolder(parts);
  return { leave: () => lock?.close() };
}

/**
 * Nothing runs on the data directory.
 * @throws {RoleTaken} naming a process that does
 */
export async function expectUnused(parts: Omit<RolePlaceParts, 'role'>): Promise<void> {
  for (const role of ROLES) (await lockPlace({ ...parts, role }))?.close();
}

async function lockPlace(parts: RolePlaceParts): Promise<Database.Database | null> {
  const { role, data_dir, orphan_patience_ms = ORPHAN_PATIENCE_MS } = parts;
  const give_up_at = performance.now() + orphan_patience_ms;
  for (;;) {
    const lock = tryLock(join(data_dir, `${role}.lock`));
    if (lock !== 'taken') return lock;
    const holder = readHolder(parts);
    if (isSettled(holder) || performance.now() >= give_up_at) throw new RoleTaken(parts, holder);
    await pause(TURN_MS);
  }
}

/** null: the disk does not allow a lock. */
function tryLock(path: string): Database.Database | 'taken' | null {
  let handle: Database.Database | null = null;
  try {
    handle = new Database(path, { timeout: 0 });
    // Nothing is ever written: the lock needs no space.
    handle.pragma('journal_mode = memory');
    handle.exec('begin exclusive');
    return handle;
  } catch (error) {
    handle?.close();
    return (error as { code?: string }).code?.startsWith('SQLITE_BUSY') ? 'taken' : null;
  }
}

/** Whether who has the place will keep it: it lives, and so does its supervisor. */
function isSettled(holder: PlaceHolder | null): boolean {
  return holder !== null && isAlive(holder.pid) && isAlive(holder.parent);
}

function writeHolder({ role, data_dir }: RolePlaceParts): void {
  try {
    writeFileSync(join(data_dir, `${role}.pid`), `${process.pid} ${process.ppid}\n`);
  } catch {
    // On a full disk nobody is named; the lock holds.
  }
}

/** It means something only while the lock is held. */
function readHolder({ role, data_dir }: RolePlaceParts): PlaceHolder | null {
  try {
    const text = readFileSync(join(data_dir, `${role}.pid`), 'utf8');
    const [, pid, parent] = /^(\d+) (\d+)\n$/.exec(text) ?? [];
    return pid && parent ? { pid: Number(pid), parent: Number(parent) } : null;
  } catch {
    return null;
  }
}
