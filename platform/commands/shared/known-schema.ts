import product from '../../../package.json' with { type: 'json' };
import { readMigrations } from '../../../store/sqlite/migrations.ts';
import type { Manifest } from '../../backup/manifest.ts';
import { UnrecoverableError } from '../../unrecoverable.ts';

/**
 * This version can read the backup.
 * @throws {UnrecoverableError} naming both versions and schemas
 */
export function expectKnownSchema(path: string, { schema, version }: Manifest): void {
  const known = readMigrations().at(-1)?.name ?? '';
  if (schema <= known) return;
  throw new UnrecoverableError(
    `${path} was written by version ${version}, with the schema ${schema}; this version ` +
      `${product.version} knows them up to ${known}. Use that version or a newer one.`,
  );
}
