import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UnrecoverableError } from './unrecoverable.ts';

/** The directory contains mailboxes and a secret key. */
const OWNER_ONLY = 0o700;
const OTHERS = 0o077;
const OTHERS_MAY_WRITE = 0o022;
/** What is ours in it, folders with all that is in them: there may be other files. */
const OURS = /^((demo|piaokuang)\.db(-wal|-shm)?|secret\.key|mailbox|simulator)$/;
const OUR_PLACES = /^(collector|notifier)\.(lock|pid)$/;

/** Folder in a data directory while a restore puts files into their place. */
export const BEING_RESTORED = 'restoring';

/** Nothing this process creates may be read or written by others. First in every entrance. */
export function keepFilesPrivate(): void {
  process.umask(OTHERS);
}

/**
 * Creates the data directory and checks that it is writable. Takes from others the access to our
 * files in one that exists; its own mode is the administrator's. Reports what it cannot repair, one
 * sentence each.
 *
 * @throws {UnrecoverableError} naming the directory and DATA_DIR; also where a restore was killed
 *   halfway; not where the disk is full, which passes
 */
export function prepareDataDirectory(data_dir: string, report: (problem: string) => void): void {
  createDataDirectory(data_dir);
  expectNotRestoring(data_dir);
  if ((statSync(data_dir).mode & OTHERS_MAY_WRITE) !== 0) {
    report(`Others may write to the data directory ${data_dir}: chmod go-w it.`);
  }
  for (const name of readdirSync(data_dir)) {
    if (OURS.test(name) || OUR_PLACES.test(name)) closeToOthers(join(data_dir, name), report);
  }
}

/**
 * Creates the data directory if there is none.
 * @throws {UnrecoverableError} as `prepareDataDirectory`, where it is not writable
 */
export function createDataDirectory(data_dir: string): void {
  try {
    createFolder(resolve(data_dir));
    accessSync(data_dir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC') throw error;
    throw new UnrecoverableError(
      `The data directory ${data_dir} is not writable (${code}); set DATA_DIR to a directory of ` +
        'your own.',
    );
  }
}

/**
 * Nothing may be read from files of which some are of a backup and some of before.
 * @throws {UnrecoverableError} saying what to do
 */
export function expectNotRestoring(data_dir: string): void {
  if (!existsSync(join(data_dir, BEING_RESTORED))) return;
  throw new UnrecoverableError(
    `A restore into the data directory ${data_dir} was interrupted: run it again with --replace. ` +
      'What was there before it is kept in its folder before-restore-….',
  );
}

/**
 * Creates a directory and its parents. Not `{ recursive: true }`: where the system answers ENOENT
 * although the parent exists (as /proc does), Node retries forever.
 */
function createFolder(folder: string): void {
  if (existsSync(folder)) return;
  createFolder(dirname(folder));
  mkdirSync(folder, { mode: OWNER_ONLY });
}

function closeToOthers(path: string, report: (problem: string) => void): void {
  // Another process may just have removed it.
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if ((found.mode & OTHERS) !== 0) {
    try {
      chmodSync(path, found.mode & OWNER_ONLY);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT') report(`Others may read ${path}, and its mode stays (${code}).`);
    }
  }
  if (!found.isDirectory()) return;
  for (const name of readdirSync(path)) closeToOthers(join(path, name), report);
}
