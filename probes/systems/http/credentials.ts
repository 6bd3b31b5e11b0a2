import type { Clock } from '../../../model/ports.ts';
import { SECOND } from '../../../model/time.ts';
import type { Exchange } from '../../exchange/exchange.ts';
import { expectJson } from '../../exchange/expect.ts';
import { type Attempt, failed, succeeded, unexpected } from '../../exchange/failure.ts';
import type { RequestBudget } from './budget.ts';
import type { Auth } from './settings/credentials.ts';

/** The headers by which requests say who we are. */
export interface Credentials {
  headers(exchange: Exchange): Promise<Attempt<Record<string, string>>>;
  /** The token was refused: the next run asks for another. */
  forget(): void;
}

type OAuth = NonNullable<Auth['oauth']>;

const MAX_TOKEN_BYTES = 64 * 1024;
/** A token is not used in its last seconds, in which it may expire on its way. */
const SPARE_MS = 30 * SECOND;

export function createCredentials(
  auth: Auth | undefined,
  base: string,
  budget: RequestBudget,
): Credentials {
  if (auth?.oauth !== undefined) return oauthAccess(auth.oauth, base, budget);
  const { basic, bearer } = auth ?? {};
  const headers: Record<string, string> = {};
  if (basic) headers.authorization = basicOf(basic.user, basic.password);
  if (bearer) headers.authorization = `Bearer ${bearer.token}`;
  return { headers: async () => succeeded(headers), forget: () => {} };
}

/** The token is kept until it expires, by the monotonic clock: some systems count how many. */
function oauthAccess(oauth: OAuth, base: string, budget: RequestBudget): Credentials {
  let kept: Token | null = null;
  return {
    async headers(exchange) {
      const { clock, concealed } = exchange;
      if (kept === null || clock.monotonic() >= kept.expires_at) {
        const allowed = budget.take(clock);
        if (!allowed.ok) return allowed;
        const fetched = await fetchToken(oauth, base, exchange);
        if (!fetched.ok) return fetched;
        kept = fetched.value;
      }
      concealed.add(kept.token);
      return succeeded({ authorization: `Bearer ${kept.token}` });
    },
    forget() {
      kept = null;
    },
  };
}

interface Token {
  token: string;
  expires_at: ReturnType<Clock['monotonic']>;
}

/** RFC 6749, 4.4 and 5. */
async function fetchToken(
  { token_path, client_id, client_secret, scope, credentials }: OAuth,
  base: string,
  exchange: Exchange,
): Promise<Attempt<Token>> {
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
  if (sent.value.status === 400) return failed('credential', 'http_status', 'token: HTTP 400');
  const answer = expectJson(sent.value);
  if (!answer.ok) return answer;
  const { access_token, expires_in } = answer.value;
  if (typeof access_token !== 'string' || !/^[\x21-\x7e]+$/.test(access_token)) {
    return unexpected('token: no access_token');
  }
  exchange.concealed.add(access_token);
  // Without expires_in it is used in this run only.
  const valid_ms = Number(expires_in ?? 0) * SECOND - SPARE_MS;
  const expires_at = exchange.clock.monotonic() + (valid_ms > 0 ? valid_ms : 0);
  return succeeded({ token: access_token, expires_at });
}

function basicOf(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
