import type { Clock } from '../../model/ports.ts';
import type { Answer, Observed, Request } from './answer.ts';
import { type Attempt, failed } from './failure.ts';
import { sendOnce } from './once.ts';
import { nextLocation } from './redirect.ts';
import { userAgent } from './user-agent.ts';

/**
 * The HTTP client of one run: each request on its own connection, timed, all under one deadline.
 */
export interface Exchange {
  clock: Clock;
  observed: Readonly<Observed>;
  /**
   * Sends one request, never twice. Redirects of a GET are followed as far as `nextLocation`
   * allows, those of a POST are returned. Any status is an answer; it fails only when there is no
   * answer.
   */
  send(request: Request): Promise<Attempt<Answer>>;
}

/** Browsers allow 20; an invoice link needs one or two. */
const REDIRECT_LIMIT = 5;

export interface ExchangeParts {
  deadline_ms: number;
  /** Contact address in the User-Agent, for operators of the measured systems. */
  contact: string;
  /** W3C Trace Context header; null except for our own simulators. */
  traceparent: string | null;
  clock: Clock;
}

/** Opens the exchange of one run. The deadline starts now. */
export function openExchange(parts: ExchangeParts): Exchange {
  const { deadline_ms, contact, traceparent, clock } = parts;
  const deadline_at = clock.monotonic() + deadline_ms;
  const observed: Observed = {
    phases: {},
    bytes: 0,
    http_status: null,
    certificate_expires_at: null,
    notes: new Set(),
  };
  const common: Record<string, string> = {
    'user-agent': userAgent(contact),
    'accept-encoding': 'identity',
    ...(traceparent === null ? {} : { traceparent }),
  };

  async function send(request: Request): Promise<Attempt<Answer>> {
    let url = request.url;
    for (let redirects = 0; ; redirects += 1) {
      const headers = { ...common, ...request.headers };
      const sent = await sendOnce({ ...request, url, headers }, { observed, deadline_at, clock });
      if (!sent.ok || request.method !== 'GET') return sent;
      const next = nextLocation(sent.value);
      if (!next.ok) return next;
      if (next.value === null) return sent;
      if (redirects === REDIRECT_LIMIT) {
        return failed('system', 'redirect_loop', `more than ${REDIRECT_LIMIT} redirects`);
      }
      url = next.value;
    }
  }

  return { clock, observed, send };
}
