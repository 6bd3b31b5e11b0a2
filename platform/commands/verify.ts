import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../store/sqlite/open.ts';
import { databaseProblems } from '../../store/sqlite/soundness.ts';
import { readArguments, usageOf } from '../arguments.ts';
import { BackupDamaged } from '../backup/damaged.ts';
import { databaseIn } from '../backup/database-in.ts';
import { unpackArchive } from '../backup/read-archive.ts';
import { print } from '../console.ts';
import { expectNotRestoring, keepFilesPrivate } from '../data-directory.ts';
import { signingKey } from '../signer.ts';
import { UnrecoverableError } from '../unrecoverable.ts';
import { atEnd, toldFailure } from './shared/failure.ts';
import { expectKnownSchema } from './shared/known-schema.ts';

/**
 * `npm run verify -- --from FILE|--data FOLDER`: examines a backup, or a data directory, also while
 * the product runs. Exit code 0 when it is sound, 1 when something is wrong with it, one line each,
 * 2 when it cannot be read or is of a newer version. Changes nothing.
 */
async function main(argv: readonly string[]): Promise<number> {
  keepFilesPrivate();
  const { from, data } = argumentsOf(argv);
  const problems = from === undefined ? await ofDirectory(data) : await ofBackup(from);
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  print(problems.length === 0 ? 'It is sound.' : 'It is not sound.');
  return problems.length === 0 ? 0 : 1;
}

/** A copy is examined, by this version: as a restore would make it. */
async function ofBackup(path: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-verify-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  try {
    const { database, version, schema, taken_at } = await unpackArchive(path, folder, (it) =>
      expectKnownSchema(path, it),
    );
    print(`${database.name} as of ${taken_at}, by version ${version}, schema ${schema}.`);
    const copy = join(folder, database.name);
    await (await openStore({ path: copy })).close();
    return await databaseProblems(copy);
  } catch (error) {
    if (error instanceof BackupDamaged) return [error.message];
    throw error;
  }
}

async function ofDirectory(data_dir: string): Promise<string[]> {
  expectNotRestoring(data_dir);
  signingKey(data_dir);
  return await databaseProblems(join(data_dir, databaseIn(data_dir)));
}

function argumentsOf(argv: readonly string[]): { from?: string; data: string } {
  const { from, data } = readArguments('verify', argv).flags;
  if (typeof from === 'string' && from !== '' && data === undefined) return { from, data: '' };
  if (typeof data === 'string' && data !== '' && from === undefined) return { data };
  throw new UnrecoverableError(usageOf('verify'));
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = toldFailure(error);
}
