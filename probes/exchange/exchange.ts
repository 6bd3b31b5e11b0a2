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
  /**
   * When the last response ended or failed, on the monotonic clock; null before the first. The
   * run's duration ends here: what is done with the response afterwards is not the system's time.
   */
  endedAt(): number | null;
  /**
   * An exchange under the same deadline with observations of its own, to ask again for what was
   * measured already.
   */
  apart(): Exchange;
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
  return exchangeUntil(parts.clock.monotonic() + parts.deadline_ms, parts);
}

function exchangeUntil(deadline_at: number, parts: ExchangeParts): Exchange {
  const { contact, traceparent, clock } = parts;
  let ended_at: number | null = null;
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
    const sent = await follow(request);
    ended_at = clock.monotonic();
    return sent;
  }

  async function follow(request: Request): Promise<Attempt<Answer>> {
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

  return {
    clock,
    observed,
    send,
    endedAt: () => ended_at,
    apart: () => exchangeUntil(deadline_at, parts),
  };
}
