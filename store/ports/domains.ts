import type { AskedDomain } from '../../model/domain.ts';
import type { Db } from '../rows/schema.ts';
import { inChunks } from '../rows/values.ts';

export interface DomainReads {
  /** All that were ever asked for, by name. */
  domains(): Promise<AskedDomain[]>;
}

export function domainReads(db: Db): DomainReads {
  return { domains: () => db.selectFrom('domain').selectAll().orderBy('name').execute() };
}

/** Replaces those of the same name. */
export async function saveDomains(db: Db, domains: AskedDomain[]): Promise<void> {
  for (const values of inChunks(domains)) {
    await db
      .insertInto('domain')
      .values(values)
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet((row) => ({
          asked_at: row.ref('excluded.asked_at'),
          expires_at: row.ref('excluded.expires_at'),
          measured_at: row.ref('excluded.measured_at'),
        })),
      )
      .execute();
  }
}
