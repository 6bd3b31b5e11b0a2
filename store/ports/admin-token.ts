import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Db } from '../rows/schema.ts';

export interface AdminTokenReads {
  /** Compares in constant time. */
  isAdminToken(token: string): Promise<boolean>;
  /**
   * Id of the current administrator token, to which its sessions refer; null before the first
   * token.
   */
  adminTokenId(): Promise<string | null>;
}

export interface AdminTokenWrites {
  /** A new administrator token if there is none yet, else null. Only its hash is stored. */
  ensureAdminToken(): Promise<string | null>;
  /** A new administrator token; revokes the previous one and its sessions. */
  renewAdminToken(): Promise<string>;
}

const TOKEN_BYTES = 32;
const ID_BYTES = 9;
/** A prefix by which secret scanners recognise leaked tokens. */
const PREFIX = 'piaokuang_admin_';

export function adminTokenReads(db: Db): AdminTokenReads {
  return {
    /** Compares hashes, so that timing reveals neither content nor length. */
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
    /** Reads first: a start must not wait for a lock that it does not need. */
    async ensureAdminToken() {
      if ((await adminTokenReads(db).adminTokenId()) !== null) return null;
      return db.transaction().execute(async (trx) => {
        const id = await adminTokenReads(trx).adminTokenId();
        return id === null ? replaceToken(trx) : null;
      });
    },
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

/** A plain hash suffices: tokens have 256 random bits, unlike passwords. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
