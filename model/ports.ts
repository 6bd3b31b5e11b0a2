import type { EpochMs } from './vocabulary.ts';

/** Two clocks: wall time for stamps, monotonic time for durations. Nothing else reads time. */
export interface Clock {
  now(): EpochMs;
  /** Milliseconds of a monotonic clock; only differences mean anything. */
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
 * The one door to metrics, so that the exporters cannot drift. `name` is one of the table in
 * platform/telemetry/instruments.ts; an unknown name or label throws.
 */
export interface Telemetry {
  /** Adds to a counter. */
  count(name: string, labels: Labels, by?: number): void;
  /** Sets a gauge; null removes the series. */
  gauge(name: string, labels: Labels, value: number | null): void;
  /** Records one value into a histogram. */
  observe(name: string, labels: Labels, value: number): void;
}

/** Something that took time, and is over. */
export interface TraceSpan {
  name: string;
  started_at: EpochMs;
  duration_ms: number;
  attributes: Record<string, string | number | boolean>;
  /** What went wrong, in a word; null when nothing did. */
  error: string | null;
}

/** One run as OpenTelemetry sees it: a span with parts. */
export interface Trace extends TraceSpan {
  /** 32 hex digits. */
  trace_id: string;
  /** 16 hex digits: of the span that has the parts. */
  span_id: string;
  parts: TraceSpan[];
}

/**
 * Sends traces away, or drops and counts them when there are too many; never waits, never throws.
 */
export interface Tracing {
  send(trace: Trace): void;
}

/** Signs what leaves the house and comes back in a link; the key is the installation's. */
export interface Signer {
  /** URL-safe, without dots. */
  sign(text: string): string;
  verify(text: string, signature: string): boolean;
}
