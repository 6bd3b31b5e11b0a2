import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { DatabaseDamaged, DatabaseNewer, MigrationEdited } from '../errors.ts';

/** A step of the schema: plain SQL, named by its purpose, applied once, in order, never edited. */
export interface Migration {
  name: string;
  sql: string;
  /** SHA-256 of the text, hex. */
  checksum: string;
}

const FOLDER = new URL('./migrations/', import.meta.url);

export function readMigrations(folder: URL = FOLDER): Migration[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const sql = readFileSync(new URL(file, folder), 'utf8').replaceAll('\r\n', '\n');
      const checksum = createHash('sha256').update(sql).digest('hex');
      return { name: file.slice(0, -'.sql'.length), sql, checksum };
    });
}

/**
 * The pending migrations. Throws `DatabaseNewer`, `MigrationEdited`, or `DatabaseDamaged` when the
 * file has foreign tables. Read-only.
 */
export function pendingMigrations(handle: Database, migrations: Migration[]): Migration[] {
  const applied = appliedChecksums(handle);
  for (const name of applied.keys()) {
    if (!migrations.some((migration) => migration.name === name)) {
      throw new DatabaseNewer(handle.name, name);
    }
  }
  return migrations.filter(({ name, checksum }) => {
    const before = applied.get(name);
    if (before !== undefined && before !== checksum) throw new MigrationEdited(handle.name, name);
    return before === undefined;
  });
}

/** Migrates the schema in one transaction, so that two processes may start at once. */
export function migrate(handle: Database, migrations: Migration[]): void {
  handle
    .transaction(() => {
      handle.exec(
        'create table if not exists migration ' +
          '(name text primary key, checksum text not null) strict',
      );
      const insert = handle.prepare('insert into migration (name, checksum) values (?, ?)');
      for (const { name, sql, checksum } of pendingMigrations(handle, migrations)) {
        handle.exec(sql);
        insert.run(name, checksum);
      }
    })
    .immediate();
}

function appliedChecksums(handle: Database): Map<string, string> {
  const tables = handle
    .prepare<[], { name: string }>("select name from sqlite_schema where type = 'table'")
    .all()
    .map((row) => row.name);
  if (tables.length === 0) return new Map();
  if (!tables.includes('migration')) {
    throw new DatabaseDamaged(handle.name, 'it has foreign tables');
  }
  const rows = handle
    .prepare<[], { name: string; checksum: string }>('select name, checksum from migration')
    .all();
  return new Map(rows.map((row) => [row.name, row.checksum]));
}
