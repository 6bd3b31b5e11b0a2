import { randomBytes } from 'node:crypto';
import type { Clock, Signer } from '../../model/ports.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { AdminTokenReads } from '../../store/ports/admin-token.ts';

const SESSION_MS = 12 * 3_600_000;
const COOKIE = 'piaokuang_admin';
/** No form but those of the administration gets the cookie. */
const COOKIE_PATH = '/admin';

/** An administrator who has signed in. */
export interface Session {
  /** Signed: what the cookie holds. */
  text: string;
  expires_at: EpochMs;
  /** What every form of this session must send back; another site cannot know it. */
  form_token: string;
}

export interface Sessions {
  /** A new session for whoever has the administrator's token, else null. */
  open(token: string): Promise<Session | null>;
  /**
   * The session of a request's Cookie header; null when there is none, or it is forged, expired or
   * of an older token.
   */
  read(cookie_header: string | undefined): Promise<Session | null>;
  /** Set-Cookie for a session that begins, or for none. */
  cookie(session: Session | null): string;
}

export interface SessionsParts {
  store: AdminTokenReads;
  signer: Signer;
  clock: Clock;
  /** Whether the page is reached by https. */
  secure: boolean;
}

/**
 * Sessions live in a signed cookie, so nothing is kept here; each refers to the token it was opened
 * with and ends with it.
 */
export function createSessions({ store, signer, clock, secure }: SessionsParts): Sessions {
  function sessionOf(claim: string, expires_at: EpochMs): Session {
    return {
      text: `${claim}.${signer.sign(`admin-session.${claim}`)}`,
      expires_at,
      form_token: signer.sign(`admin-form.${claim}`),
    };
  }

  return {
    async open(token) {
      const token_id = await store.adminTokenId();
      if (token_id === null || !(await store.isAdminToken(token))) return null;
      const expires_at = clock.now() + SESSION_MS;
      const nonce = randomBytes(16).toString('base64url');
      return sessionOf(`${token_id}.${nonce}.${expires_at}`, expires_at);
    },

    async read(cookie_header) {
      const [token_id, nonce, expires, signature, ...rest] = cookieValue(cookie_header).split('.');
      if (signature === undefined || rest.length > 0) return null;
      const claim = `${token_id}.${nonce}.${expires}`;
      if (!signer.verify(`admin-session.${claim}`, signature)) return null;
      const expires_at = Number(expires);
      if (clock.now() >= expires_at || token_id !== (await store.adminTokenId())) return null;
      return sessionOf(claim, expires_at);
    },

    cookie(session) {
      const seconds = session ? Math.floor((session.expires_at - clock.now()) / 1_000) : 0;
      const attributes = [
        `${COOKIE}=${session?.text ?? ''}`,
        `Path=${COOKIE_PATH}`,
        `Max-Age=${seconds}`,
        'HttpOnly',
        'SameSite=Strict',
        ...(secure ? ['Secure'] : []),
      ];
      return attributes.join('; ');
    },
  };
}

function cookieValue(header: string | undefined): string {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  const found = pairs.find((pair) => pair.startsWith(`${COOKIE}=`));
  return found?.slice(COOKIE.length + 1) ?? '';
}
