import type { EpochMs } from './vocabulary.ts';

/** The only source of time: wall clock for timestamps, monotonic clock for durations. */
export interface Clock {
  now(): EpochMs;
  /** Milliseconds of a monotonic clock; only differences are meaningful. */
  monotonic(): number;
}

export type LogFields = Record<string, unknown>;

/** Structured log on stdout. Callers never pass a secret, a mailbox or an invoice number. */
export interface Log {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

export type Labels = Record<string, string>;

/**
 * The only interface to metrics, so that the exporters cannot drift. `name` is an entry of
 * platform/telemetry/instruments.ts; an unknown name or label throws. An `exemplar` says where what
 * was counted can be seen: the ids of a trace, if that is exported.
 */
export interface Telemetry {
  /**
   * Starts the series of a counter or histogram at 0, with all values of its closed labels.
   * `labels` are the others; series whose labels are all closed exist from the beginning.
   */
  start(name: string, labels: Labels): void;
  /** Adds to a counter. */
  count(name: string, labels: Labels, by?: number, exemplar?: Labels): void;
  /** Sets a gauge; null removes the series. */
  gauge(name: string, labels: Labels, value: number | null): void;
  /** Records one value into a histogram. */
  observe(name: string, labels: Labels, value: number, exemplar?: Labels): void;
}

/** A completed span. */
export interface TraceSpan {
  name: string;
  started_at: EpochMs;
  duration_ms: number;
  attributes: Record<string, string | number | boolean>;
  /** Short error code; null on success. */
  error: string | null;
}

/** One run as an OpenTelemetry trace: a root span with child spans. */
export interface Trace extends TraceSpan {
  /** 32 hex digits. */
  trace_id: string;
  /** 16 hex digits: id of the root span. */
  span_id: string;
  parts: TraceSpan[];
}

/** Exports traces asynchronously; drops and counts them under overload; never throws. */
export interface Tracing {
  /** Whether it is exported: neither dropped nor left out by the sampler. */
  send(trace: Trace): boolean;
}

/** Signs and verifies tokens in links with the installation's key. */
export interface Signer {
  /** URL-safe, without dots. */
  sign(text: string): string;
  verify(text: string, signature: string): boolean;
}
