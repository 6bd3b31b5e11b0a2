import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASE_NAMES } from '../config/environment.ts';
import { UnrecoverableError } from '../unrecoverable.ts';

/**
 * Name of the database in a data directory: that of a site, or of the demo where there is no other.
 * @throws {UnrecoverableError} naming the directory, when there is neither
 */
export function databaseIn(data_dir: string): (typeof DATABASE_NAMES)[number] {
  const name = DATABASE_NAMES.find((it) => existsSync(join(data_dir, it)));
  if (name !== undefined) return name;
  throw new UnrecoverableError(
    `There is no database in the data directory ${data_dir} (${DATABASE_NAMES.join(' or ')}); ` +
      'set DATA_DIR to another directory.',
  );
}
