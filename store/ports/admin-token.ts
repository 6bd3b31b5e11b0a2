import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Db } from '../rows/schema.ts';

export interface AdminTokenReads {
  /** Takes the same time for every guess of the same length. */
  isAdminToken(token: string): Promise<boolean>;
  /** What sessions of the present administrator's token refer to; null before the first token. */
  adminTokenId(): Promise<string | null>;
}

export interface AdminTokenWrites {
  /**
   * A new administrator's token if there is none yet, told this once; else null. Only its hash is
   * kept.
   */
  ensureAdminToken(): Promise<string | null>;
  /**
   * A new administrator's token in place of the one before, which is void from now on with its
   * sessions.
   */
  renewAdminToken(): Promise<string>;
}

const TOKEN_BYTES = 32;
const ID_BYTES = 9;
/** So that a secret scanner, or a person, knows what has leaked. */
const PREFIX = 'piaokuang_admin_';

export function adminTokenReads(db: Db): AdminTokenReads {
  return {
    /** Hashes are compared, so that neither content nor length of a guess shows in the time. */
    async isAdminToken(token) {
      const row = await db.selectFrom('admin_token').select('hash').executeTakeFirst();
      const given = Buffer.from(hashOf(token));
      const wanted = Buffer.from(row?.hash ?? hashOf(''));
      return timingSafeEqual(given, wanted) && row !== undefined;
    },
    async adminTokenId() {
      const row = await db.selectFrom('admin_token').select('id').executeTakeFirst();
      return row?.id ?? null;
    },
  };
}

export function adminTokenWrites(db: Db): AdminTokenWrites {
  return {
    ensureAdminToken: () =>
      db.transaction().execute(async (trx) => {
        const id = await adminTokenReads(trx).adminTokenId();
        return id === null ? replaceToken(trx) : null;
      }),
    renewAdminToken: () => replaceToken(db),
  };
}

async function replaceToken(db: Db): Promise<string> {
  const token = PREFIX + randomBytes(TOKEN_BYTES).toString('base64url');
  const row = { id: randomBytes(ID_BYTES).toString('base64url'), hash: hashOf(token) };
  await db
    .insertInto('admin_token')
    .values({ one: 1, ...row })
    .onConflict((conflict) => conflict.column('one').doUpdateSet(row))
    .execute();
  return token;
}

/** A plain hash is enough: nobody can go through 2^256 tokens, as one goes through passwords. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
