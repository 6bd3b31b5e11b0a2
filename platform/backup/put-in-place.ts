import {
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import type { EpochMs } from '../../model/vocabulary.ts';
import { BEING_RESTORED } from '../data-directory.ts';
import { flushFolder } from '../files.ts';
import { KEY_NAME } from '../signer.ts';

/** Unpacked here, in the data directory: on the same disk, and of nobody else. */
const STAGING = `${BEING_RESTORED}.part`;
const ASIDE = 'before-restore-';
const UNFINISHED = 'part';
/** What running processes write, which tells nothing of what there is. */
const EMPTY = /^(collector|notifier)\.(lock|pid)$/;

/** An empty folder in the data directory for what will take its place; removes one left behind. */
export function createStaging(data_dir: string): string {
  const staging = join(data_dir, STAGING);
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { mode: 0o700 });
  return staging;
}

/** Names of what is in the data directory and may be of use to somebody. */
export function dataIn(data_dir: string): string[] {
  if (!existsSync(data_dir)) return [];
  const names = readdirSync(data_dir).toSorted();
  const isOfRestores = (name: string) =>
    name === STAGING || name === BEING_RESTORED || name.startsWith(ASIDE);
  return names.filter((name) => !EMPTY.test(name) && !isOfRestores(name));
}

/**
 * Puts the staged files in place, and keeps those that were there in a folder of their own, whose
 * path it returns; null: there were none. Killed at any moment it has lost nothing: the old files
 * have a second name before they lose the first, and until all are in place every start is refused.
 */
export function putInPlace(data_dir: string, staging: string, now: EpochMs): string | null {
  const staged = readdirSync(staging);
  const moving = join(data_dir, BEING_RESTORED);
  const replaced = replacedBy(data_dir, staged);
  const aside = replaced.length === 0 ? null : keepAside(data_dir, replaced, now);
  takeOver(staging, moving);
  flushFolder(data_dir);
  // The engine would replay the log of the old database into the new one.
  for (const name of replaced) if (!staged.includes(name)) rmSync(join(data_dir, name));
  for (const name of staged) renameSync(join(moving, name), join(data_dir, name));
  flushFolder(data_dir);
  rmdirSync(moving);
  flushFolder(data_dir);
  return aside;
}

/** Also from an interrupted restore, whose folder is there until it is this one's. */
function takeOver(staging: string, moving: string): void {
  if (existsSync(moving)) for (const name of readdirSync(moving)) rmSync(join(moving, name));
  renameSync(staging, moving);
}

/** Gives what a restore by the administrator has made to the owner of the directory. */
export function giveToOwner(data_dir: string): void {
  const { uid, gid } = statSync(data_dir);
  if (process.getuid?.() !== 0 || uid === 0) return;
  for (const name of readdirSync(data_dir, { recursive: true, encoding: 'utf8' })) {
    const path = join(data_dir, name);
    // Not what a link leads to.
    const found = lstatSync(path);
    if (found.uid === 0 && !found.isSymbolicLink()) chownSync(path, uid, gid);
  }
}

/** The files of those names that are there, the logs of databases, and a key that would be. */
function replacedBy(data_dir: string, staged: readonly string[]): string[] {
  const names = staged.flatMap((name) =>
    name.endsWith('.db') ? [name, `${name}-wal`, `${name}-shm`] : name,
  );
  const all = new Set([...names, KEY_NAME]);
  return [...all].filter((name) => lstatSync(join(data_dir, name), { throwIfNoEntry: false }));
}

/** The folder gets its name when it is whole; one without is of a restore that changed nothing. */
function keepAside(data_dir: string, names: readonly string[], now: EpochMs): string {
  const aside = join(data_dir, `${ASIDE}${new Date(now).toISOString().replaceAll(/[-:]/g, '')}`);
  const unfinished = join(data_dir, `${ASIDE}${UNFINISHED}`);
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  for (const name of names) linkSync(join(data_dir, name), join(unfinished, name));
  flushFolder(unfinished);
  renameSync(unfinished, aside);
  flushFolder(data_dir);
  return aside;
}
