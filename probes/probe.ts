import type { ScheduledCheck } from '../model/configuration.ts';
import { type Measurement, NOTHING_SEEN } from '../model/result.ts';
import type { RunIdentity } from '../model/run-identity.ts';
import { RESULT_NOTES } from '../model/vocabulary.ts';
import type { Exchange } from './exchange/exchange.ts';
import type { Failure } from './exchange/failure.ts';
import type { FileContext } from './files/download-verdict.ts';

/** Context of one run of a check, with the driver methods the probe needs. */
export interface Run<D> {
  identity: RunIdentity;
  check: ScheduledCheck;
  driver: Partial<D>;
  exchange: Exchange;
  /** For runs that download a file. */
  files: FileContext;
}

/** Measures one function once. Failures of the system are returned, not thrown. */
export type Probe<D> = (run: Run<D>) => Promise<Measurement>;

/** The measurement of a successful run. */
export function good(exchange: Exchange): Measurement {
  const { observed } = exchange;
  return {
    outcome: 'ok',
    reason: null,
    detail: null,
    ...observed,
    notes: RESULT_NOTES.filter((note) => observed.notes.has(note)),
    integrity: null,
    file: null,
    accepted: null,
    contact: exchange.contact({ outcome: 'ok', reason: null }),
  };
}

const DETAIL_LIMIT = 300;

/** The measurement of a run that ended with this failure. */
export function bad(exchange: Exchange, { outcome, reason, detail }: Failure): Measurement {
  const contact = exchange.contact({ outcome, reason });
  return { ...good(exchange), outcome, reason, detail: detail.slice(0, DETAIL_LIMIT), contact };
}

/** The measurement of a run that failed for our own reasons. */
export function nothingMeasured(
  reason: 'worker_died' | 'probe_error',
  detail: string,
): Measurement {
  return nothingSent({ outcome: 'self', reason, detail });
}

/** The measurement of a run that sent nothing, for this reason. */
export function nothingSent({ outcome, reason, detail }: Failure): Measurement {
  return {
    outcome,
    reason,
    detail: detail.slice(0, DETAIL_LIMIT),
    notes: [],
    ...NOTHING_SEEN,
  };
}
