import { isDatabaseRefusal } from '../../store/errors.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { readArguments } from '../arguments.ts';
import { databasePath, readEnvironment } from '../config/environment.ts';
import { loadConfiguration } from '../config/load.ts';
import { print } from '../console.ts';
import { keepFilesPrivate, prepareDataDirectory } from '../data-directory.ts';
import { EXIT_UNRECOVERABLE, UnrecoverableError } from '../unrecoverable.ts';

/**
 * `npm run admin-token [-- --config FILE]`: generates a new administrator token and prints it. The
 * old token and its sessions are revoked at once, also while the product runs. Exit code 2 if the
 * database cannot be opened.
 */
async function main(argv: readonly string[]): Promise<void> {
  const { configuration: file } = readArguments('admin-token', argv);
  keepFilesPrivate();
  const { data_dir } = readEnvironment(process.env);
  const configuration = loadConfiguration({ argv: file, env: process.env });
  prepareDataDirectory(data_dir, print);
  const store = await openStore({ path: databasePath(data_dir, configuration) });
  try {
    process.stdout.write(`${await store.renewAdminToken()}\n`);
  } finally {
    await store.close();
  }
  print('This is the new administrator token; it is not shown again.');
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UnrecoverableError) && !isDatabaseRefusal(error)) throw error;
  print((error as Error).message);
  process.exitCode = EXIT_UNRECOVERABLE;
}
