import { NUMBERS } from '../../../model/numbers.ts';

/** Who refused us lately: by a status, or by a check of its visitor. By the monotonic clock. */
export interface Refusals {
  /** A host refused a check. */
  refused(host: string, at: number, check?: string): void;
  /** It answered a check, and did not refuse it. */
  served(host: string, at: number, check: string): void;
  /**
   * How long ago it refused us; null: not lately, or it has served this check since it began to
   * refuse the other, which then is a matter of the other alone.
   */
  refusedMsAgo(host: string, at: number, check?: string): number | null;
}

/** Redirects lead to ever new hosts. */
const MOST_HOSTS = 20_000;

/** Of a host, by check. */
interface OfHost {
  /** Refusals that nothing else came between. */
  series: Map<string, { since: number; last_at: number }>;
  /** When it last answered a check without refusing. */
  served: Map<string, number>;
}

const NONE: OfHost = { series: new Map(), served: new Map() };

export function rememberRefusals(): Refusals {
  const hosts = new Map<string, OfHost>();
  return {
    refused(host, at, check = '') {
      const its = hosts.get(host) ?? { series: new Map(), served: new Map() };
      its.series.set(check, { since: its.series.get(check)?.since ?? at, last_at: at });
      hosts.delete(host);
      hosts.set(host, its);
      if (hosts.size > MOST_HOSTS) hosts.delete(hosts.keys().next().value ?? '');
    },
    served(host, at, check) {
      const its = hosts.get(host);
      its?.series.delete(check);
      its?.served.set(check, at);
    },
    refusedMsAgo(host, at, check = '') {
      const { series, served } = hosts.get(host) ?? NONE;
      const served_at = served.get(check) ?? Number.NEGATIVE_INFINITY;
      const agos = [...series.values()]
        .filter(({ since }) => since > served_at)
        .map(({ last_at }) => at - last_at)
        .filter((ago) => ago <= NUMBERS.proof.refused_us_within_ms);
      return agos.length === 0 ? null : Math.min(...agos);
    },
  };
}
