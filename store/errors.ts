import type { NotReady, StorageCause } from '../model/process-trouble.ts';
import { RoleTaken } from './role-taken.ts';

/**
 * Errors of the store. Refusals to open a database leave the file unchanged. Troubles pass: an
 * operation has been repeated for as long as patience.ts says before one is thrown, and then
 * nothing of it is written.
 */

/** Trouble that may pass without anybody restarting us. Nothing was written. */
export abstract class StoreTrouble extends Error {
  /** The cause of the gap if a recording is lost by it. */
  abstract readonly gap_cause: StorageCause;
}

/** Another process holds the lock of the database. */
export class StoreBusy extends StoreTrouble {
  override name = 'StoreBusy';
  readonly gap_cause = 'lock' as const;
  constructor(path: string, what: string, options?: ErrorOptions) {
    super(`The database ${path} is locked by another process (${what}).`, options);
  }
}

/** No space is left for the database. */
export class StoreFull extends StoreTrouble {
  override name = 'StoreFull';
  readonly gap_cause = 'disk' as const;
  constructor(path: string, what: string, options?: ErrorOptions) {
    super(`No space is left for the database ${path} (${what}); free some.`, options);
  }
}

/** The database cannot be read or written: its disk fails, is read-only or away. */
export class StoreUnavailable extends StoreTrouble {
  override name = 'StoreUnavailable';
  readonly gap_cause = 'disk' as const;
  constructor(path: string, what: string, options?: ErrorOptions) {
    super(`The database ${path} cannot be read or written (${what}); check its disk.`, options);
  }
}

/** A write that a constraint of the schema refuses, which repeating does not change. */
export class ConstraintViolated extends Error {
  override name = 'ConstraintViolated';
  constructor(path: string, what: string, options?: ErrorOptions) {
    super(`The database ${path} refused a write (${what}).`, options);
  }
}

/** The file is not a database, or its pages are broken. */
export class DatabaseDamaged extends Error {
  override name = 'DatabaseDamaged';
  constructor(path: string, what: string, options?: ErrorOptions) {
    super(
      `The database ${path} is damaged (${what}); restore it from a backup or move it away.`,
      options,
    );
  }
}

/** The file was written by a newer version of the product. */
export class DatabaseNewer extends Error {
  override name = 'DatabaseNewer';
  constructor(path: string, migration: string) {
    super(
      `The database ${path} was written by a newer version (it has the migration ${migration}, ` +
        'which this version does not know); start that version or newer.',
    );
  }
}

/** A migration was changed after it had been applied to this file. */
export class MigrationEdited extends Error {
  override name = 'MigrationEdited';
  constructor(path: string, migration: string) {
    super(
      `The database ${path} was made with another text of the migration ${migration}; ` +
        'a migration is never edited, add a new one.',
    );
  }
}

/** The file cannot be created, opened or written. */
export class DatabaseUnwritable extends Error {
  override name = 'DatabaseUnwritable';
  constructor(path: string, what: string, options?: ErrorOptions) {
    super(
      `The database ${path} cannot be written (${what}); ` +
        'check the folder, its owner and the free space.',
      options,
    );
  }
}

/** The file was deleted while this process had it open; what it writes would be lost. */
export class DatabaseDeleted extends Error {
  override name = 'DatabaseDeleted';
  constructor(path: string) {
    super(
      `The database ${path} was deleted while it was in use; put a backup in its place, or start ` +
        'again with an empty one.',
    );
  }
}

/** Another file has taken the place of the one that this process has open. Start again with it. */
export class DatabaseReplaced extends Error {
  override name = 'DatabaseReplaced';
  constructor(path: string) {
    super(`The database ${path} was replaced by another file while it was in use.`);
  }
}

/** For readers: the collector has not created or migrated the file yet. Try again later. */
export class DatabaseNotReady extends Error {
  override name = 'DatabaseNotReady';
  constructor(path: string, what: string) {
    super(
      `The database ${path} is waiting for its migration (${what}); ` +
        'the collector does it when it starts.',
    );
  }
}

/** Which trouble of storage an error is; null: none. */
export function storageCauseOf(error: unknown): StorageCause | null {
  return error instanceof StoreTrouble ? error.gap_cause : null;
}

/** What an error says of who has met it. */
export function notReadyBecause(error: unknown): NotReady {
  const detail = error instanceof Error ? error.message : String(error);
  return { cause: storageCauseOf(error), since: null, detail };
}

/** True for errors that a restart does not fix: the process stops as unrecoverable. */
export function isDatabaseRefusal(error: unknown): boolean {
  return (
    error instanceof DatabaseDamaged ||
    error instanceof DatabaseDeleted ||
    error instanceof DatabaseNewer ||
    error instanceof MigrationEdited ||
    error instanceof RoleTaken ||
    error instanceof DatabaseUnwritable
  );
}
