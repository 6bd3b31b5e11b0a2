import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

const TOKEN_BYTES = 32;
const ID_BYTES = 9;
/** So that a secret scanner, or a person, knows what has leaked. */
const PREFIX = 'piaokuang_admin_';

/** A new token if there is none yet, else null. Call it in a transaction. */
export async function ensureAdminToken(db: Kysely<Schema>): Promise<string | null> {
  return (await readAdminTokenId(db)) === null ? renewAdminToken(db) : null;
}

/** A new token in place of the one before. Call it in a transaction. */
export async function renewAdminToken(db: Kysely<Schema>): Promise<string> {
  const token = PREFIX + randomBytes(TOKEN_BYTES).toString('base64url');
  const row = { id: randomBytes(ID_BYTES).toString('base64url'), hash: hashOf(token) };
  await db
    .insertInto('admin_token')
    .values({ one: 1, ...row })
    .onConflict((conflict) => conflict.column('one').doUpdateSet(row))
    .execute();
  return token;
}

/**
 * Compares hashes in constant time, so that neither the content nor the length of a guess shows in
 * the time.
 */
export async function isAdminToken(db: Kysely<Schema>, token: string): Promise<boolean> {
  const row = await db.selectFrom('admin_token').select('hash').executeTakeFirst();
  const given = Buffer.from(hashOf(token));
  const wanted = Buffer.from(row?.hash ?? hashOf(''));
  return timingSafeEqual(given, wanted) && row !== undefined;
}

/** Null before the first token. */
export async function readAdminTokenId(db: Kysely<Schema>): Promise<string | null> {
  const row = await db.selectFrom('admin_token').select('id').executeTakeFirst();
  return row?.id ?? null;
}

/** A plain hash is enough: nobody can go through 2^256 tokens, as one goes through passwords. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
