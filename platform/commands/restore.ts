import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../model/time.ts';
import type { Dropped } from '../../store/restored.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { takePlace } from '../../store/sqlite/place.ts';
import { readArguments, usageOf } from '../arguments.ts';
import type { Manifest } from '../backup/manifest.ts';
import { createStaging, dataIn, giveToOwner, putInPlace } from '../backup/put-in-place.ts';
import { unpackArchive } from '../backup/read-archive.ts';
import { readEnvironment } from '../config/environment.ts';
import { print } from '../console.ts';
import { createDataDirectory, keepFilesPrivate } from '../data-directory.ts';
import { UnrecoverableError } from '../unrecoverable.ts';
import { atEnd, toldFailure } from './shared/failure.ts';
import { expectKnownSchema } from './shared/known-schema.ts';

/**
 * `npm run restore -- --from FILE [--replace]`: puts a backup into the data directory, while
 * nothing runs there. Exit code 0 when it is in place; 1 when it failed (a full disk), 2 when it is
 * refused; the data directory is then as it was.
 */
async function main(argv: readonly string[]): Promise<number> {
  keepFilesPrivate();
  const { from, replace } = argumentsOf(argv);
  const { data_dir } = readEnvironment(process.env);
  createDataDirectory(data_dir);
  if (!replace) expectEmpty(data_dir);
  // Held to the end, so that nothing starts meanwhile.
  const roles = ['collector', 'notifier'] as const;
  const places = await Promise.all(roles.map((role) => takePlace({ role, data_dir })));
  // Whoever runs the product must be able to take them, also after a refusal.
  giveToOwner(data_dir);

  const staging = createStaging(data_dir);
  atEnd(() => rmSync(staging, { recursive: true, force: true }));
  const manifest = await unpackArchive(from, staging, (it) => expectKnownSchema(from, it));
  const now = systemClock.now();
  const dropped = await prepareRestored(join(staging, manifest.database.name), now);
  const aside = putInPlace(data_dir, staging, now);
  giveToOwner(data_dir);
  for (const place of places) place.leave();
  report({ data_dir, manifest, dropped, aside });
  return 0;
}

function argumentsOf(argv: readonly string[]): { from: string; replace: boolean } {
  const { from, replace = false } = readArguments('restore', argv).flags;
  if (typeof from !== 'string' || from === '') throw new UnrecoverableError(usageOf('restore'));
  return { from, replace: replace === true };
}

function expectEmpty(data_dir: string): void {
  const names = dataIn(data_dir);
  if (names.length === 0) return;
  throw new UnrecoverableError(
    `The data directory ${data_dir} is not empty (${names.join(', ')}): with --replace the ` +
      'backup takes the place of database and key, which are kept in a folder beside it.',
  );
}

/** Migrates the database, and drops what waited to be sent. */
async function prepareRestored(path: string, now: number): Promise<Dropped> {
  const store = await openStore({ path });
  try {
    return await store.markRestored(now);
  } finally {
    await store.close();
  }
}

interface Restored {
  data_dir: string;
  manifest: Manifest;
  dropped: Dropped;
  aside: string | null;
}

function report({ data_dir, manifest, dropped, aside }: Restored): void {
  const { database, taken_at, installation, key } = manifest;
  print(`${database.name} of ${taken_at} is in place in ${data_dir}.`);
  if (aside !== null) print(`What was there before is in ${aside}.`);
  if (key === null) print('The backup has no key: links in messages already sent do not work.');
  const { deliveries, notices } = dropped;
  if (deliveries + notices > 0) {
    print(
      `${deliveries} messages and ${notices} notices that waited to be sent were dropped: they ` +
        'may have been sent since.',
    );
  }
  print(
    `If the installation ${installation} still runs elsewhere, stop it before you start this ` +
      'one: both would measure, and tell everyone of it.',
  );
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = toldFailure(error);
}
