import Database from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely';
import { SECOND } from '../../model/time.ts';
import type { Db, Schema } from '../rows/schema.ts';
import { damageFrom } from './refusals.ts';

/** Time limit for waiting on another process's write, which takes a few ms. */
const BUSY_TIMEOUT_MS = 10 * SECOND;
/** Limit of cached prepared statements, as multi-row inserts vary in length. */
const PREPARED_STATEMENTS = 200;

/**
 * A writable handle: WAL, so that readers never wait; NORMAL, so that a commit costs no disk flush.
 */
export function openWritable(path: string): Database.Database {
  const handle = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  if (handle.pragma('journal_mode', { simple: true }) !== 'wal') {
    handle.pragma('journal_mode = wal');
  }
  handle.pragma('synchronous = normal');
  handle.pragma('foreign_keys = on');
  // Deleted invoice numbers are overwritten, not left in free space.
  handle.pragma('secure_delete = fast');
  return handle;
}

/** A read-only handle, which never waits for a writer. */
export function openReadOnly(path: string): Database.Database {
  return new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
}

/** Creates Kysely for the handle. Damage found by a query is thrown as `DatabaseDamaged`. */
export function createKysely(handle: Database.Database): Db {
  const database = withPreparedStatements(handle);
  const dialect = new SqliteDialect({ database });
  return new Kysely<Schema>({
    dialect: {
      createDriver: () => new ImmediateDriver({ database }),
      createAdapter: () => dialect.createAdapter(),
      createQueryCompiler: () => dialect.createQueryCompiler(),
      createIntrospector: (db) => dialect.createIntrospector(db),
    },
  });
}

/**
 * Uses immediate transactions: a deferred one that first reads and then writes fails at once when
 * another process has written in between, regardless of the busy timeout.
 */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

function withPreparedStatements(handle: Database.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => handle.close(),
    prepare(sql) {
      const known = statements.get(sql);
      if (known !== undefined) return known;
      const statement = withDamageReported(handle, sql);
      if (statements.size >= PREPARED_STATEMENTS) statements.clear();
      statements.set(sql, statement);
      return statement;
    },
  };
}

function withDamageReported(handle: Database.Database, sql: string): SqliteStatement {
  function report<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw damageFrom(error, handle.name) ?? error;
    }
  }
  const statement = report(() => handle.prepare<[ReadonlyArray<unknown>]>(sql));
  return {
    reader: statement.reader,
    all: (parameters) => report(() => statement.all(parameters)),
    run: (parameters) => report(() => statement.run(parameters)),
    iterate: (parameters) => statement.iterate(parameters),
  };
}
