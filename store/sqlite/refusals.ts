import Database from 'better-sqlite3';
import { DatabaseDamaged, DatabaseUnwritable } from '../errors.ts';

/** The damage an engine error speaks of, or null. */
export function damageFrom(error: unknown, path: string): DatabaseDamaged | null {
  if (!(error instanceof Database.SqliteError)) return null;
  return /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)
    ? new DatabaseDamaged(path, error.message, { cause: error })
    : null;
}

/** What an error while opening means; errors that mean nothing special come back as they are. */
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
