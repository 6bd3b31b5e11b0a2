import type { Clock } from '../../model/ports.ts';
import type { Contact } from '../../model/proof.ts';
import type { Answer, Observed, Request } from './answer.ts';
import { decodeBody } from './coding/decode.ts';
import type { ExpectedAddresses } from './connection/dial.ts';
import { type RunEnd, watchContact } from './contact.ts';
import { createCookieJar } from './cookies.ts';
import { failureOf } from './errors.ts';
import { type Attempt, failed, succeeded } from './failure.ts';
import type { Head } from './http/head.ts';
import { headerElements, headersOf, headerValues } from './http/header-lines.ts';
import type { AddressFamily } from './names/ask-servers.ts';
import type { Names } from './names/names.ts';
import { type RunState, type SentOnce, sendOnce } from './once.ts';
import { isRedirect, redirectTarget, refererFor } from './redirect.ts';
import { userAgent } from './user-agent.ts';

/**
 * The HTTP client of one run: as tolerant as a browser, each request on its own connection, timed,
 * all under one deadline, cookies kept.
 */
export interface Exchange {
  clock: Clock;
  observed: Readonly<Observed>;
  /** Secrets that came up in the run, such as tokens: nobody is shown them. */
  concealed: Set<string>;
  /**
   * Sends one request, never twice. Redirects of a GET or HEAD are followed as browsers do, but
   * never from a public into a private network; those of others are returned, and those that the
   * request does not follow. To another origin go neither credentials nor other headers of the
   * request. Any status is an answer; it fails only when there is no answer.
   */
  send(request: Request): Promise<Attempt<Answer>>;
  /**
   * When the last response ended or failed, on the monotonic clock; null before the first. The
   * run's duration ends here: what is done with the response afterwards is not the system's time.
   */
  endedAt(): number | null;
  /** What is left of the deadline; negative when it has passed. */
  leftMs(): number;
  /** The host that decided a run that ended so; null: none was asked. */
  contact(end: Omit<RunEnd, 'http_status'>): Contact | null;
  /**
   * An exchange under the same deadline with observations of its own, to ask again for what was
   * measured already.
   */
  apart(): Exchange;
}

/** Chromium's limit (net::URLRequest). */
const REDIRECT_LIMIT = 20;

export interface ExchangeParts {
  deadline_ms: number;
  /** Contact address in the User-Agent, for operators of the measured systems. */
  contact: string;
  /** W3C Trace Context header; null except for our own simulators. */
  traceparent: string | null;
  clock: Clock;
  names: Names;
  /** Authorities trusted besides the public ones, PEM. */
  ca: string | null;
  /** URL of the HTTP proxy of the line, with its credentials. */
  proxy: string | null;
  /** Hosts are asked at addresses of this family only; absent: of both (RFC 8305). */
  family?: AddressFamily | null;
  /** Where the name of a host may lead; absent: anywhere. */
  expected?: ExpectedAddresses | null;
  /**
   * A page is read as by a person: a missing intermediate certificate is fetched and noted, and
   * what only we cannot read is `unreadable`. Else the former is a failure.
   */
  fills_in_intermediate: boolean;
  /** Is told what is asked and answered, for whoever explains a run. */
  witness?: ExchangeWitness;
}

export type ExchangeWitness = (seen: {
  request: Request;
  answer: Attempt<Answer>;
  /** Secrets of the run so far, and those to come. */
  concealed: ReadonlySet<string>;
}) => void;

/** Opens the exchange of one run. The deadline starts now. */
export function openExchange(parts: ExchangeParts): Exchange {
  return exchangeUntil(parts.clock.monotonic() + parts.deadline_ms, parts);
}

function exchangeUntil(deadline_at: number, parts: ExchangeParts): Exchange {
  const { traceparent, clock, names, ca, proxy, fills_in_intermediate } = parts;
  const { family = null, expected = null } = parts;
  let ended_at: number | null = null;
  const observed: Observed = {
    phases: {},
    bytes: 0,
    http_status: null,
    asked: null,
    certificate_expires_at: null,
    certificates: [],
    tls_version: null,
    notes: new Set(),
  };
  const concealed = new Set<string>();
  const contact = watchContact(family);
  const run: RunState = {
    observed,
    contact,
    deadline_at,
    clock,
    names,
    ca,
    proxy: proxy === null ? null : new URL(proxy),
    family,
    expected,
    fills_in_intermediate,
  };
  const cookies = createCookieJar(clock.now);
  const common: Record<string, string> = {
    'user-agent': userAgent(parts.contact),
    accept: '*/*',
    'accept-encoding': 'identity',
    ...(traceparent === null ? {} : { traceparent }),
  };

  async function send(request: Request): Promise<Attempt<Answer>> {
    const followed = await follow(request);
    ended_at = clock.monotonic();
    const answer = followed.ok ? await answerOf(followed.value, request.max_bytes, run) : followed;
    parts.witness?.({ request, answer, concealed });
    return answer;
  }

  async function follow(request: Request): Promise<Attempt<Followed>> {
    const follows = request.method === 'GET' || request.method === 'HEAD';
    let { url, headers: carried = {}, identity } = request;
    const jar = request.own_cookies ? createCookieJar(clock.now) : cookies;
    let public_only = request.led_by?.is_private === false;
    if (request.led_by !== undefined) contact.led(request.led_by.url, url);
    let starts_private = false;
    for (let redirects = 0; ; redirects += 1) {
      const { referer, ...given } = carried;
      const told = { ...refererFor(referer, url), ...jar.headerFor(url) };
      const headers = { ...common, ...given, ...told };
      const skipsBody = (head: Head) =>
        request.method === 'HEAD' || (follows && locationIn(head) !== null);
      const { identity: _, ...rest } = request;
      const asked = { ...rest, url, headers, ...(identity === undefined ? {} : { identity }) };
      const once = { request: asked, run, public_only, skipsBody };
      const sent = await sendOnce(once);
      if (!sent.ok) return sent;
      const { head, is_private } = sent.value;
      jar.take(url, headerValues(head.lines, 'set-cookie'));
      if (redirects === 0) starts_private = is_private;
      const location = follows ? locationIn(head) : null;
      if (location === null) return succeeded({ ...sent.value, url, is_private: starts_private });
      if (redirects === REDIRECT_LIMIT) {
        return failed('system', 'redirect_loop', `more than ${REDIRECT_LIMIT} redirects`);
      }
      const next = redirectTarget(location, url);
      if (!next.ok) return next;
      if (request.follows?.(next.value) === false) {
        return succeeded({ ...sent.value, url, is_private: starts_private });
      }
      contact.led(url, next.value);
      if (next.value.origin !== url.origin) {
        carried = passedOn(carried);
        identity = undefined;
      }
      public_only ||= !starts_private;
      url = next.value;
    }
  }

  return {
    clock,
    observed,
    concealed,
    send,
    endedAt: () => ended_at,
    leftMs: () => deadline_at - clock.monotonic(),
    contact: (end) => contact.contact({ ...end, http_status: observed.http_status }),
    apart: () => exchangeUntil(deadline_at, parts),
  };
}

/** What says nothing of who asks, and goes to other origins too. */
const PASSED_ON = new Set(['accept', 'accept-language', 'accept-encoding', 'referer']);

function passedOn(headers: Record<string, string>): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => PASSED_ON.has(name.toLowerCase()));
  return Object.fromEntries(kept);
}

interface Followed extends SentOnce {
  url: URL;
}

/** Where a browser goes on to from such an answer; null: nowhere. */
function locationIn({ status, lines }: Head): string | null {
  const location = headerValues(lines, 'location').find((value) => value !== '');
  return location !== undefined && isRedirect(status, location) ? location : null;
}

async function answerOf(
  { url, head, body, content_length, complete, over_limit, is_private }: Followed,
  max_bytes: number,
  { fills_in_intermediate }: RunState,
): Promise<Attempt<Answer>> {
  const { status, lines } = head;
  const answer = {
    url,
    status,
    headers: headersOf(lines),
    body,
    content_length,
    complete,
    is_private,
    over_limit,
  };
  const codings = headerElements(lines, 'content-encoding');
  if (codings.length === 0) return succeeded(answer);
  try {
    const decoded = await decodeBody(body, codings, max_bytes);
    // Some servers announce the length before coding; browsers put up with exactly that.
    const as_decoded = decoded.body.length === content_length;
    return succeeded({
      ...answer,
      body: decoded.body,
      content_length: null,
      complete: complete || as_decoded,
      over_limit: over_limit || decoded.over_limit,
    });
  } catch (error) {
    const failure = failureOf(error as NodeJS.ErrnoException, 'transfer', fills_in_intermediate);
    return { ok: false, failure };
  }
}
