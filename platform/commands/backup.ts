import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { systemClock } from '../../model/time.ts';
import product from '../../package.json' with { type: 'json' };
import { copyDatabase } from '../../store/sqlite/copy.ts';
import { readArguments, usageOf } from '../arguments.ts';
import {
  archiveName,
  removeLeftBehind,
  removeOldArchives,
  unfinishedIn,
} from '../backup/archive-names.ts';
import { databaseIn } from '../backup/database-in.ts';
import type { Manifest } from '../backup/manifest.ts';
import { digestOf, digestOfFile, writeArchive } from '../backup/write-archive.ts';
import { readEnvironment } from '../config/environment.ts';
import { print } from '../console.ts';
import { expectNotRestoring, keepFilesPrivate } from '../data-directory.ts';
import { flushFolder } from '../files.ts';
import { signingKey } from '../signer.ts';
import { UnrecoverableError } from '../unrecoverable.ts';
import { atEnd, toldFailure } from './shared/failure.ts';

/**
 * `npm run backup -- --to FILE|FOLDER [--keep NUMBER]`: writes a backup of the data directory, also
 * while the product runs, and prints its path. Exit code 0 when it is on the disk; 1 when it failed
 * (a full disk, a lock), 2 when the arguments or the data do not allow it; nothing is left then.
 */
async function main(argv: readonly string[]): Promise<number> {
  keepFilesPrivate();
  const { to, keep } = argumentsOf(argv);
  const { data_dir } = readEnvironment(process.env);
  expectNotRestoring(data_dir);
  const name = databaseIn(data_dir);
  // What is recorded between this and the snapshot is in it too.
  const taken_at = systemClock.now();
  const is_folder = isFolder(to);
  const folder = is_folder ? to : dirname(to);
  const path = is_folder ? join(to, archiveName(name, taken_at)) : to;
  expectFree(folder, path);
  removeLeftBehind(folder, taken_at);

  const unfinished = unfinishedIn(folder);
  atEnd(() => {
    for (const file of Object.values(unfinished)) rmSync(file, { force: true });
  });
  const copied = await copyDatabase(join(data_dir, name), unfinished.database);
  const key = signingKey(data_dir);
  const manifest: Manifest = {
    format: 1,
    version: product.version,
    ...copied,
    taken_at: new Date(taken_at).toISOString(),
    database: { name, ...(await digestOfFile(unfinished.database)) },
    key: key && (await digestOf([key])),
  };
  await writeArchive(unfinished.archive, { manifest, database: unfinished.database, key });
  expectFree(folder, path);
  renameSync(unfinished.archive, path);
  flushFolder(folder);

  process.stdout.write(`${path}\n`);
  print(`It has ${name} (${manifest.database.bytes} bytes) as of ${manifest.taken_at}.`);
  const removed =
    keep === null
      ? []
      : removeOldArchives(folder, { database: name, written: basename(path), kept: keep });
  if (removed.length > 0) print(`Older ones were removed: ${removed.join(', ')}.`);
  return 0;
}

function argumentsOf(argv: readonly string[]): { to: string; keep: number | null } {
  const { to, keep } = readArguments('backup', argv).flags;
  if (typeof to !== 'string' || to === '') throw new UnrecoverableError(usageOf('backup'));
  if (keep === undefined) return { to, keep: null };
  if (!/^[1-9]\d{0,5}$/.test(String(keep)) || !isFolder(to))
    throw new UnrecoverableError(usageOf('backup'));
  return { to, keep: Number(keep) };
}

function expectFree(folder: string, path: string): void {
  if (!isFolder(folder)) throw new UnrecoverableError(`There is no folder ${folder}.`);
  if (existsSync(path)) throw new UnrecoverableError(`${path} exists, and is not overwritten.`);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = toldFailure(error);
}
