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
import type { Db, Schema } from '../rows/schema.ts';
import type { Guarded } from './guard.ts';

/** The engine's own wait for a lock blocks the thread; store/patience.ts waits instead. */
const BUSY_TIMEOUT_MS = 0;
/** Limit of cached prepared statements, as multi-row inserts vary in length. */
const PREPARED_STATEMENTS = 200;

/**
 * A writable handle: WAL, so that readers never wait; NORMAL, so that a commit costs no disk flush.
 */
export function openWritable(path: string): Database.Database {
  const handle = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    if (handle.pragma('journal_mode', { simple: true }) !== 'wal') {
      handle.pragma('journal_mode = wal');
    }
    handle.pragma('synchronous = normal');
    handle.pragma('foreign_keys = on');
    // Deleted invoice numbers are overwritten, not left in free space.
    handle.pragma('secure_delete = fast');
    return handle;
  } catch (error) {
    handle.close();
    throw error;
  }
}

/** A read-only handle, which writers do not keep waiting. */
export function openReadOnly(path: string): Database.Database {
  return new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
}

/** Creates Kysely for the handle, which runs every statement by `guarded`. */
export function createKysely(handle: Database.Database, guarded: Guarded): Db {
  const database = withPreparedStatements(handle, guarded);
  const dialect = new SqliteDialect({ database });
  return new Kysely<Schema>({
    dialect: {
      createDriver: () => new ImmediateDriver(handle, database),
      createAdapter: () => dialect.createAdapter(),
      createQueryCompiler: () => dialect.createQueryCompiler(),
      createIntrospector: (db) => dialect.createIntrospector(db),
    },
  });
}

/**
 * Uses immediate transactions: a deferred one that first reads and then writes fails halfway when
 * another process has written in between. Who may only read needs no lock.
 */
class ImmediateDriver extends SqliteDriver {
  readonly #handle: Database.Database;

  constructor(handle: Database.Database, database: SqliteDatabase) {
    super({ database });
    this.#handle = handle;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    // Left open by a rollback that failed.
    if (this.#handle.inTransaction) await super.rollbackTransaction(connection);
    const begin = this.#handle.readonly ? 'begin' : 'begin immediate';
    await connection.executeQuery(CompiledQuery.raw(begin));
  }

  /**
   * The engine has rolled back by itself after most errors of the disk. Never fails, because its
   * error would replace the one that explains it.
   */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (!this.#handle.inTransaction) return;
    await super.rollbackTransaction(connection).catch(() => undefined);
  }
}

function withPreparedStatements(handle: Database.Database, guarded: Guarded): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => handle.close(),
    prepare(sql) {
      const known = statements.get(sql);
      if (known !== undefined) return known;
      const statement = withStoreErrors(handle, guarded, sql);
      if (statements.size >= PREPARED_STATEMENTS) statements.clear();
      statements.set(sql, statement);
      return statement;
    },
  };
}

function withStoreErrors(
  handle: Database.Database,
  guarded: Guarded,
  sql: string,
): SqliteStatement {
  const statement = guarded(() => handle.prepare<[ReadonlyArray<unknown>]>(sql));
  return {
    reader: statement.reader,
    all: (parameters) => guarded(() => statement.all(parameters)),
    run: (parameters) => guarded(() => statement.run(parameters)),
    iterate: (parameters) => statement.iterate(parameters),
  };
}
