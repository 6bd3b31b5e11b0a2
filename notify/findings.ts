import type { Alert } from '../model/alert.ts';
import type { AlertFindings, FailedRun } from '../model/alert-details.ts';
import { isBad } from '../model/judge/bad.ts';
import type { Result } from '../model/result.ts';
import { traceId } from '../model/run-identity.ts';
import { STAGES_OVER_MS } from '../model/stage.ts';
import { DAY, HOUR } from '../model/time.ts';
import type { ComponentId, EpochMs } from '../model/vocabulary.ts';
import type { InstallationWrites } from '../store/ports/installation.ts';
import type { ReachedStageReads } from '../store/ports/reached-stages.ts';
import type { ResultReads } from '../store/ports/results.ts';
import type { StateReads } from '../store/ports/states.ts';

export type FindingsStore = Pick<ResultReads, 'results' | 'lastGoodRun'> &
  Pick<InstallationWrites, 'installation'> &
  Pick<ReachedStageReads, 'stageDelays' | 'waitedAtStages'> &
  Pick<StateReads, 'transitions'>;

/** As far back as is looked for the bad result of a condition that has lasted. */
const BAD_WITHIN_MS = DAY;
const LAST_WITHIN_MS = HOUR;
/** As far back as invoices may have been accepted that waited, and have arrived since. */
const WAITED_WITHIN_MS = 7 * DAY;

/** What was measured around an alert of a component, as of the instant it is told of. */
export async function findingsOf(
  store: FindingsStore,
  { kind, subject: component, since }: Pick<Alert, 'kind' | 'subject' | 'since'>,
  told_at: EpochMs,
): Promise<AlertFindings> {
  const to = told_at + 1;
  const all = { component, to, limit: Number.MAX_SAFE_INTEGER };
  const bad_from = Math.max(since, told_at - BAD_WITHIN_MS);
  const bad = (await store.results({ ...all, from: bad_from, bad: true })).findLast(
    ({ outcome }) => kind === 'stale' || isBad(outcome),
  );
  const last = await store.results({ ...all, from: told_at - LAST_WITHIN_MS });
  const states = await store.transitions(to, to);
  return {
    bad: bad === undefined ? null : failedRun(bad, await store.installation()),
    last_good_at: await lastGood(store, bad ? { check: bad.check } : { component }, since, to),
    last: lastOfEach(last),
    states: states.map((it) => ({ component: it.component, to: it.to })),
    waited: await waitedInvoices(store, component, told_at),
  };
}

/** Within the last hour, else shortly before it began: what lies between was not good. */
async function lastGood(
  store: FindingsStore,
  of: { component: ComponentId } | { check: string },
  since: EpochMs,
  to: EpochMs,
): Promise<EpochMs | null> {
  const latest = await store.lastGoodRun({ ...of, from: to - HOUR, to });
  return latest ?? (await store.lastGoodRun({ ...of, from: since - DAY, to: since }));
}

/** None where events tell nothing of the invoices but that they were accepted. */
async function waitedInvoices(
  store: FindingsStore,
  component: ComponentId,
  at: EpochMs,
): Promise<AlertFindings['waited']> {
  const accepted_from = at - WAITED_WITHIN_MS;
  const waited = await store.waitedAtStages({ component, at, accepted_from });
  if (waited.length === 0 || waited.some(({ stage }) => stage !== 'accepted')) return waited;
  const told = await store.stageDelays(at - STAGES_OVER_MS, at);
  return told.some((it) => it.component === component) ? waited : [];
}

function failedRun(result: Result, installation: string): FailedRun {
  const { check, started_at, duration_ms, outcome, reason, detail, http_status, proof } = result;
  const trace_id = traceId({ installation, check, slot_at: result.slot_at });
  return { check, started_at, duration_ms, outcome, reason, detail, http_status, proof, trace_id };
}

function lastOfEach(results: readonly Result[]): AlertFindings['last'] {
  const by_check = new Map(results.map((it) => [it.check, it]));
  return [...by_check.values()].map(({ check, outcome, slot_at }) => ({ check, outcome, slot_at }));
}
