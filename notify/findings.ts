import type { Alert } from '../model/alert.ts';
import type { AlertFindings, FailedRun } from '../model/alert-details.ts';
import { isBad } from '../model/judge/bad.ts';
import type { Result } from '../model/result.ts';
import { traceId } from '../model/run-identity.ts';
import { DAY, HOUR } from '../model/time.ts';
import type { ComponentId, EpochMs } from '../model/vocabulary.ts';
import type { InstallationWrites } from '../store/ports/installation.ts';
import type { ResultReads } from '../store/ports/results.ts';
import type { StateReads } from '../store/ports/states.ts';

export type FindingsStore = Pick<ResultReads, 'results' | 'lastGoodRun'> &
  Pick<InstallationWrites, 'installation'> &
  Pick<StateReads, 'transitions'>;

/** As far back as is looked for the bad result of a condition that has lasted. */
const BAD_WITHIN_MS = DAY;
const LAST_WITHIN_MS = HOUR;

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

function failedRun(result: Result, installation: string): FailedRun {
  const { check, started_at, duration_ms, outcome, reason, detail, http_status, proof } = result;
  const trace_id = traceId({ installation, check, slot_at: result.slot_at });
  return { check, started_at, duration_ms, outcome, reason, detail, http_status, proof, trace_id };
}

function lastOfEach(results: readonly Result[]): AlertFindings['last'] {
  const by_check = new Map(results.map((it) => [it.check, it]));
  return [...by_check.values()].map(({ check, outcome, slot_at }) => ({ check, outcome, slot_at }));
}
