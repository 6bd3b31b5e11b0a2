import type { ScheduledCheck } from '../model/configuration.ts';
import type { Measurement } from '../model/result.ts';
import type { Exchange } from './exchange/exchange.ts';
import type { Failure } from './exchange/failure.ts';
import type { RunIdentity } from './run-identity.ts';

/** Everything a probe may use: one run of one check, and what it asks of the system's driver. */
export interface Run<D> {
  identity: RunIdentity;
  check: ScheduledCheck;
  driver: Partial<D>;
  exchange: Exchange;
}

/** Measures one function once. Never throws for what the system does. */
export type Probe<D> = (run: Run<D>) => Promise<Measurement>;

/** What the run's exchanges showed, as the measurement of a run that went well. */
export function good({ observed }: Exchange): Measurement {
  return {
    outcome: 'ok',
    reason: null,
    detail: null,
    ...observed,
    integrity: null,
    accepted: null,
  };
}

const DETAIL_LIMIT = 300;

/** What the run's exchanges showed before this failure ended it. */
export function bad(exchange: Exchange, { outcome, reason, detail }: Failure): Measurement {
  return { ...good(exchange), outcome, reason, detail: detail.slice(0, DETAIL_LIMIT) };
}

/** A run that could not measure anything, by our own fault. */
export function nothingMeasured(
  reason: 'worker_died' | 'probe_error',
  detail: string,
): Measurement {
  return {
    outcome: 'self',
    reason,
    detail: detail.slice(0, DETAIL_LIMIT),
    phases: {},
    bytes: 0,
    http_status: null,
    certificate_expires_at: null,
    integrity: null,
    accepted: null,
  };
}
