import Database from 'better-sqlite3';
import {
  ConstraintViolated,
  DatabaseDamaged,
  DatabaseUnwritable,
  StoreBusy,
  StoreFull,
  StoreUnavailable,
} from '../errors.ts';

type StoreError = new (path: string, what: string, options?: ErrorOptions) => Error;

/** The store's errors, by the beginning of the engine's code. */
const BY_CODE: readonly (readonly [RegExp, StoreError])[] = [
  [/^SQLITE_(CORRUPT|NOTADB)/, DatabaseDamaged],
  [/^SQLITE_(BUSY|LOCKED|PROTOCOL)/, StoreBusy],
  [/^SQLITE_FULL/, StoreFull],
  [/^SQLITE_(IOERR|READONLY|CANTOPEN)/, StoreUnavailable],
  [/^SQLITE_CONSTRAINT/, ConstraintViolated],
];

/** The store error for an error of the engine; other errors are returned unchanged. */
export function storeErrorFrom(error: unknown, path: string): unknown {
  if (isFull(error)) return new StoreFull(path, error.message, { cause: error });
  if (!(error instanceof Database.SqliteError)) return error;
  const { code, message } = error;
  const [, type] = BY_CODE.find(([pattern]) => pattern.test(code)) ?? [];
  return type === undefined ? error : new type(path, `${message}, ${code}`, { cause: error });
}

/**
 * The store error for an error while opening; other errors are returned unchanged. A file that may
 * not be opened or written is refused: no restart changes permissions.
 */
export function refusalFrom(error: unknown, path: string): unknown {
  return unwritableFrom(error, path) ?? storeErrorFrom(error, path);
}

/** Of the file system: no space for the folder, say. */
function isFull(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC';
}

function unwritableFrom(error: unknown, path: string): DatabaseUnwritable | null {
  if (!(error instanceof Error)) return null;
  const reason = error instanceof StoreUnavailable ? error.cause : error;
  const code =
    reason instanceof Error && 'code' in reason && typeof reason.code === 'string'
      ? reason.code
      : '';
  const isFileError = 'syscall' in error && code !== 'ENOSPC' && code !== 'EIO';
  const isEngineError = /^SQLITE_(CANTOPEN|READONLY|PERM|AUTH)/.test(code);
  return isFileError || isEngineError
    ? new DatabaseUnwritable(path, isFileError ? code : error.message, { cause: error })
    : null;
}
