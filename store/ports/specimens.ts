import type { Selectable } from 'kysely';
import type { Specimen, SpecimenChange } from '../../model/specimen.ts';
import { formats } from '../rows/codes.ts';
import { packNotes, unpackNotes } from '../rows/result-notes.ts';
import type { Db, SpecimenTable } from '../rows/schema.ts';
import { inChunks } from '../rows/values.ts';
import type { CheckIds } from './checks.ts';

export interface SpecimenReads {
  /** When the files that checks download were learned and updated, newest first. */
  specimenChanges(query: { check?: string; limit: number }): Promise<SpecimenChange[]>;
}

export function specimenReads(db: Db, checkIds: CheckIds): SpecimenReads {
  return {
    async specimenChanges({ check, limit }) {
      const rows = await db
        .selectFrom('specimen_change')
        .innerJoin('registered_check', 'registered_check.id', 'specimen_change.check_id')
        .selectAll('specimen_change')
        .$if(check !== undefined, (select) =>
          select.where('registered_check.name', '=', check ?? ''),
        )
        .orderBy('at', 'desc')
        .orderBy('invoice')
        .limit(limit)
        .execute();
      const nameOf = await checkIds.namesOf(
        db,
        rows.map((row) => row.check_id),
      );
      return rows.map(({ check_id, ...change }) => ({ check: nameOf(check_id), ...change }));
    },
  };
}

export async function saveSpecimens(
  db: Db,
  checkIds: CheckIds,
  specimens: Specimen[],
): Promise<void> {
  const idOf = await checkIds.idsOf(
    db,
    specimens.map((specimen) => specimen.check),
  );
  for (const values of inChunks(specimens.map((it) => specimenRow(it, idOf(it.check))))) {
    await db
      .insertInto('specimen')
      .values(values)
      .onConflict((conflict) =>
        conflict.columns(['check_id', 'invoice']).doUpdateSet((row) => ({
          sha256: row.ref('excluded.sha256'),
          size: row.ref('excluded.size'),
          number_digest: row.ref('excluded.number_digest'),
          amounts_digest: row.ref('excluded.amounts_digest'),
          text_digest: row.ref('excluded.text_digest'),
          notes: row.ref('excluded.notes'),
          first_seen_at: row.ref('excluded.first_seen_at'),
          last_seen_at: row.ref('excluded.last_seen_at'),
          last_day: row.ref('excluded.last_day'),
          days: row.ref('excluded.days'),
          downloads: row.ref('excluded.downloads'),
          learned_at: row.ref('excluded.learned_at'),
        })),
      )
      .execute();
  }
}

export async function insertSpecimenChanges(
  db: Db,
  checkIds: CheckIds,
  changes: SpecimenChange[],
): Promise<void> {
  const idOf = await checkIds.idsOf(
    db,
    changes.map((change) => change.check),
  );
  const rows = changes.map(({ check, ...change }) => ({ check_id: idOf(check), ...change }));
  for (const values of inChunks(rows)) {
    await db
      .insertInto('specimen_change')
      .values(values)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Of every check, the last seen last. */
export async function readSpecimens(db: Db, checkIds: CheckIds): Promise<Specimen[]> {
  const rows = await db
    .selectFrom('specimen')
    .selectAll()
    .orderBy('last_seen_at')
    .orderBy('check_id')
    .orderBy('invoice')
    .execute();
  const nameOf = await checkIds.namesOf(
    db,
    rows.map((row) => row.check_id),
  );
  return rows.map((row) => toSpecimen(row, nameOf(row.check_id)));
}

function specimenRow(specimen: Specimen, check_id: number): Selectable<SpecimenTable> {
  const { check, format, facts, notes, ...columns } = specimen;
  return {
    ...columns,
    check_id,
    format: formats.code(format),
    number_digest: facts.number,
    amounts_digest: facts.amounts,
    text_digest: facts.text,
    notes: packNotes(notes),
  };
}

function toSpecimen(row: Selectable<SpecimenTable>, check: string): Specimen {
  const { check_id, format, number_digest, amounts_digest, text_digest, notes, ...columns } = row;
  return {
    ...columns,
    check,
    format: formats.word(format),
    facts: { number: number_digest, amounts: amounts_digest, text: text_digest },
    notes: unpackNotes(notes),
  };
}
