import { type CheckJudgement, freshJudgement } from '../../model/judge/judgement.ts';
import type { Db } from '../rows/schema.ts';
import { inChunks, parseJson } from '../rows/values.ts';
import type { CheckIds } from './checks.ts';

export async function saveJudgements(
  db: Db,
  checkIds: CheckIds,
  judgements: CheckJudgement[],
): Promise<void> {
  const idOf = await checkIds.idsOf(
    db,
    judgements.map((judgement) => judgement.check),
  );
  const rows = judgements.map((judgement) => ({
    check_id: idOf(judgement.check),
    body: JSON.stringify(judgement),
  }));
  for (const values of inChunks(rows)) {
    await db
      .insertInto('judgement')
      .values(values)
      .onConflict((conflict) =>
        conflict.column('check_id').doUpdateSet((row) => ({ body: row.ref('excluded.body') })),
      )
      .execute();
  }
}

export async function readJudgements(db: Db): Promise<CheckJudgement[]> {
  const rows = await db.selectFrom('judgement').select('body').orderBy('check_id').execute();
  // Rows of earlier versions lack what was added since.
  return rows.map((row) => ({ ...freshJudgement(''), ...parseJson<CheckJudgement>(row.body) }));
}
