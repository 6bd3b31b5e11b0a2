import type { Check, Configuration, System } from '../model/configuration.ts';
import type { Labels, Trace, TraceSpan, Tracing } from '../model/ports.ts';
import { hasOurDelay, PHASES, type Result } from '../model/result.ts';
import { type RunIdentity, spanId, traceId } from '../model/run-identity.ts';
import { iso } from '../model/time.ts';

/**
 * Exports a trace of every recorded result, including slots without a run. Returns it as an
 * exemplar of what is counted of that run; undefined where it is not exported.
 */
export function createTraceSender(
  configuration: Configuration,
  installation: string,
  tracing: Tracing,
): (result: Result) => Labels | undefined {
  const systems = new Map(configuration.systems.map((it) => [it.id, it]));
  const checks = new Map(configuration.checks.map((it) => [it.id, it]));
  return (result) => {
    const check = checks.get(result.check);
    const system = check && systems.get(check.system);
    if (!system) return;
    const trace = traceOf(result, check, system, installation);
    if (!tracing.send(trace)) return;
    return { trace_id: trace.trace_id, span_id: trace.span_id };
  };
}

/**
 * A recorded run as a trace, under the ids that its exchanges carried (W3C Trace Context), so that
 * a simulated system's spans join it. The phases are placed one after the other from the start of
 * the run; each is the sum over the run's exchanges, so that their times are exact for one exchange
 * and aggregated for several. Attributes follow OpenTelemetry's HTTP conventions where possible.
 * Never contains an invoice number.
 */
function traceOf(result: Result, check: Check, system: System, installation: string): Trace {
  const run: RunIdentity = { installation, check: check.id, slot_at: result.slot_at };
  return {
    trace_id: traceId(run),
    span_id: spanId(run),
    name: `${check.function} ${check.system}`,
    started_at: result.started_at,
    duration_ms: result.duration_ms,
    attributes: {
      ...requestOf(result, system),
      ...(result.http_status === null ? {} : { 'http.response.status_code': result.http_status }),
      ...(result.reason === null ? {} : { 'error.type': result.reason }),
      'fapiao.system': check.system,
      'fapiao.function': check.function,
      'fapiao.check': check.id,
      'fapiao.line': check.line,
      'fapiao.outcome': result.outcome,
      'fapiao.slot': iso(result.slot_at),
      'fapiao.confirming': result.confirming,
      'fapiao.our_delay': hasOurDelay(result),
    },
    error: result.outcome === 'ok' ? null : (result.reason ?? result.outcome),
    parts: phasesOf(result),
  };
}

/** The phases as contiguous spans. */
function phasesOf({ started_at, phases }: Result): TraceSpan[] {
  let at = started_at;
  return PHASES.flatMap((name) => {
    const duration_ms = phases[name];
    if (duration_ms === undefined) return [];
    const span = { name, started_at: at, duration_ms, attributes: {}, error: null };
    at += duration_ms;
    return [span];
  });
}

/**
 * The last request of the run, by the conventions of HTTP clients; where none was sent, the address
 * of the system. `url.full` has no path, which may tell an invoice.
 */
function requestOf({ asked }: Result, { url }: System): Record<string, string | number> {
  const { hostname, port, protocol, origin } = new URL(asked?.origin ?? url);
  const usual = protocol === 'https:' ? 443 : 80;
  return {
    ...(asked === null ? {} : { 'http.request.method': asked.method, 'url.full': `${origin}/` }),
    'server.address': hostname,
    'server.port': port === '' ? usual : Number(port),
  };
}
