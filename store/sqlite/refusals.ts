import Database from 'better-sqlite3';
import { DatabaseDamaged, DatabaseUnwritable } from '../errors.ts';

/** The damage reported by an engine error, or null. */
export function damageFrom(error: unknown, path: string): DatabaseDamaged | null {
  if (!(error instanceof Database.SqliteError)) return null;
  return /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)
    ? new DatabaseDamaged(path, error.message, { cause: error })
    : null;
}

/** The store error for an error while opening; other errors are returned unchanged. */
export function refusalFrom(error: unknown, path: string): unknown {
  return damageFrom(error, path) ?? unwritableFrom(error, path) ?? error;
}

function unwritableFrom(error: unknown, path: string): DatabaseUnwritable | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const isFileError = 'syscall' in error;
  const isEngineError = /^SQLITE_(CANTOPEN|READONLY|PERM|AUTH|FULL|IOERR)/.test(code);
  return isFileError || isEngineError
    ? new DatabaseUnwritable(path, isFileError ? code : error.message, { cause: error })
    : null;
}
