import type { Alert } from '../model/alert.ts';
import type { ComponentStatus } from '../model/component.ts';
import type { Journey } from '../model/journey.ts';
import type { CheckJudgement } from '../model/judge/judgement.ts';
import type { Specimen } from '../model/specimen.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import { alertReads } from './ports/alerts.ts';
import type { CheckIds } from './ports/checks.ts';
import { readHeartbeat } from './ports/installation.ts';
import { journeyReads } from './ports/journeys.ts';
import { readJudgements } from './ports/judgements.ts';
import { type RolledUp, readRolledUp } from './ports/rolled-up.ts';
import { readSpecimens } from './ports/specimens.ts';
import { stateReads } from './ports/states.ts';
import type { Db } from './rows/schema.ts';

export interface ResumptionReads {
  /** The state from which the collector resumes, as of one instant. */
  resume(): Promise<Resumption>;
}

export interface Resumption {
  judgements: CheckJudgement[];
  specimens: Specimen[];
  components: ComponentStatus[];
  /** Open alerts. */
  alerts: Alert[];
  waiting: Journey[];
  heartbeat_at: EpochMs | null;
  /** null: not known. */
  rolled_up: RolledUp | null;
}

export function resumptionReads(db: Db, checkIds: CheckIds): ResumptionReads {
  return { resume: () => db.transaction().execute((trx) => resume(trx, checkIds)) };
}

async function resume(db: Db, checkIds: CheckIds): Promise<Resumption> {
  return {
    judgements: await readJudgements(db),
    specimens: await readSpecimens(db, checkIds),
    components: await stateReads(db).components(),
    alerts: await alertReads(db).alerts({ open: true }),
    waiting: await journeyReads(db, checkIds).journeys({
      state: 'waiting',
      limit: Number.MAX_SAFE_INTEGER,
    }),
    heartbeat_at: await readHeartbeat(db),
    rolled_up: await readRolledUp(db),
  };
}
