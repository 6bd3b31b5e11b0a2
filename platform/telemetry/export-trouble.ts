import { ownDetail } from '../../model/own-detail.ts';
import { type SendTrouble, sendTroubleOf } from '../../model/send-trouble.ts';
import type { Variables } from '../config/environment.ts';

export type Signal = 'metrics' | 'traces';

/** UNAUTHENTICATED and PERMISSION_DENIED of gRPC, and what HTTP calls so. */
const REFUSED = [16, 7, 401, 403];

/** Why a push failed: the receiver, the reason by our own code, and the variable to look at. */
export function exportTrouble(error: unknown, signal: Signal, env: Variables): string {
  const endpoint = endpointOf(signal, env);
  const host = URL.parse(endpoint.value)?.host || endpoint.value;
  const { code } = (error ?? {}) as { code?: unknown };
  if (typeof code === 'number' && code >= 100 && !REFUSED.includes(code)) return `HTTP ${code}`;
  const trouble = REFUSED.includes(Number(code)) ? 'refused_login' : sendTroubleOf(error);
  return ownDetail({ code: trouble, host, set: VARIABLES[trouble] ?? endpoint.variable });
}

const VARIABLES: Partial<Record<SendTrouble, string>> = {
  unknown_ca: 'OTEL_EXPORTER_OTLP_CERTIFICATE',
  refused_login: 'OTEL_EXPORTER_OTLP_HEADERS',
};

function endpointOf(signal: Signal, env: Variables): { variable: string; value: string } {
  const own = `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT`;
  const variable = env[own]?.trim() ? own : 'OTEL_EXPORTER_OTLP_ENDPOINT';
  return { variable, value: env[variable]?.trim() ?? '' };
}
