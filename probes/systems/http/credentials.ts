import { setTimeout as after } from 'node:timers/promises';
import type { Clock } from '../../../model/ports.ts';
import { DAY, SECOND } from '../../../model/time.ts';
import type { Exchange } from '../../exchange/exchange.ts';
import { expectJson } from '../../exchange/expect.ts';
import { type Attempt, failed, succeeded, unexpected } from '../../exchange/failure.ts';
import type { RequestBudget } from './budget.ts';
import type { Auth } from './settings/credentials.ts';

/** The headers by which requests say who we are. */
export interface Credentials {
  headers(exchange: Exchange): Promise<Attempt<AccessHeaders>>;
  /** The token in these was refused: the next run asks for another. */
  forget(refused: AccessHeaders): void;
}

type AccessHeaders = Record<string, string>;
type OAuth = NonNullable<Auth['oauth']>;

const MAX_TOKEN_BYTES = 64 * 1024;
/** A token is not used in its last seconds, in which it may expire on its way. */
const SPARE_MS = 30 * SECOND;
/** Whatever its issuer says: it may have been withdrawn. */
const LONGEST_MS = DAY;

export function createCredentials(
  auth: Auth | undefined,
  base: string,
  budget: RequestBudget,
): Credentials {
  if (auth?.oauth !== undefined) return oauthAccess(auth.oauth, base, budget);
  const { basic, bearer } = auth ?? {};
  const headers: AccessHeaders = {};
  if (basic) headers.authorization = basicOf(basic.user, basic.password);
  if (bearer) headers.authorization = `Bearer ${bearer.token}`;
  return { headers: async () => succeeded(headers), forget: () => {} };
}

/**
 * The token is kept until it expires, by the monotonic clock: some systems count how many. All who
 * need one at once wait for the same.
 */
function oauthAccess(oauth: OAuth, base: string, budget: RequestBudget): Credentials {
  let kept: Token | null = null;
  let asking: Promise<Attempt<Token>> | null = null;
  /** Tokens of which nobody says how long they last, or that last too short for others. */
  const of_runs = new WeakMap<Exchange, Token>();

  async function tokenFor(exchange: Exchange): Promise<Attempt<Token>> {
    const known = of_runs.get(exchange) ?? kept;
    if (known !== null && lasts(known, exchange)) return succeeded(known);
    while (asking !== null && exchange.leftMs() > 0) {
      const others = await inTime(asking, exchange.leftMs());
      if (others?.ok) return others;
      // Who asked had a deadline of its own: what failed for it may not fail here.
    }
    asking = fetchToken(oauth, base, exchange, budget).finally(() => {
      asking = null;
    });
    return await asking;
  }

  return {
    async headers(exchange) {
      const found = await tokenFor(exchange);
      if (!found.ok) return found;
      const { token, expires_at } = found.value;
      if (expires_at === null) of_runs.set(exchange, found.value);
      else kept = found.value;
      exchange.concealed.add(token);
      return succeeded({ authorization: `Bearer ${token}` });
    },
    forget({ authorization }) {
      if (authorization === `Bearer ${kept?.token}`) kept = null;
    },
  };
}

interface Token {
  token: string;
  /** null: with the run. */
  expires_at: ReturnType<Clock['monotonic']> | null;
}

function lasts({ expires_at }: Token, { clock }: Exchange): boolean {
  return expires_at === null || clock.monotonic() < expires_at;
}

/** What comes in time; null: nothing does. */
async function inTime<T>(coming: Promise<T>, ms: number): Promise<T | null> {
  const ending = new AbortController();
  const late = after(ms, null, { signal: ending.signal }).catch(() => null);
  try {
    return await Promise.race([coming, late]);
  } finally {
    ending.abort();
  }
}

/** RFC 6749, 4.4 and 5. */
async function fetchToken(
  { token_path, client_id, client_secret, scope, credentials }: OAuth,
  base: string,
  exchange: Exchange,
  budget: RequestBudget,
): Promise<Attempt<Token>> {
  const allowed = budget.take(exchange.clock);
  if (!allowed.ok) return allowed;
  const in_form = credentials === 'form';
  const fields = new URLSearchParams({
    grant_type: 'client_credentials',
    ...(scope === undefined ? {} : { scope }),
    ...(in_form ? { client_id, client_secret } : {}),
  });
  // RFC 6749, 2.3.1: each encoded as in a form first.
  const [user, password] = [client_id, client_secret].map(encodeURIComponent);
  const sent = await exchange.send({
    method: 'POST',
    url: new URL(`${base}${token_path}`),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(in_form ? {} : { authorization: basicOf(user ?? '', password ?? '') }),
    },
    body: fields.toString(),
    max_bytes: MAX_TOKEN_BYTES,
    step: 'oauth',
  });
  if (!sent.ok) return sent;
  if (sent.value.status === 400) return failed('credential', 'http_status', 'HTTP 400');
  const answer = expectJson(sent.value);
  if (!answer.ok) return answer;
  const { access_token, expires_in } = answer.value;
  if (typeof access_token !== 'string' || !/^[\x21-\x7e]+$/.test(access_token)) {
    return unexpected('no access_token');
  }
  exchange.concealed.add(access_token);
  const valid_ms = Math.min(Number(expires_in ?? 0) * SECOND, LONGEST_MS) - SPARE_MS;
  const expires_at = valid_ms > 0 ? exchange.clock.monotonic() + valid_ms : null;
  return succeeded({ token: access_token, expires_at });
}

function basicOf(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
