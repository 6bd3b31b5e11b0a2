import { randomBytes } from 'node:crypto';
import type { Clock, Signer } from '../../model/ports.ts';
import { HOUR } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { AdminTokenReads } from '../../store/ports/admin-token.ts';
import type { EndedSessionReads, EndedSessionWrites } from '../../store/ports/ended-sessions.ts';

const SESSION_MS = 12 * HOUR;
const COOKIE = 'piaokuang_admin';

/** The session of an administrator. */
export interface Session {
  /** What is signed. */
  claim: string;
  /** The signed cookie value. */
  text: string;
  expires_at: EpochMs;
  /** CSRF token, required in every form of this session. */
  form_token: string;
}

export interface Sessions {
  /** Opens a session with the administrator token; null when it is wrong. */
  open(token: string): Promise<Session | null>;
  /**
   * The session of a Cookie header; null when it is missing, forged, expired, ended or of an older
   * token.
   */
  read(cookie_header: string | undefined): Promise<Session | null>;
  /** Ends the session: no copy of its cookie is let in any more. */
  end(session: Session): Promise<void>;
  /** Set-Cookie for a new session, or to delete it. */
  cookie(session: Session | null): string;
}

export interface SessionsParts {
  store: AdminTokenReads & EndedSessionReads & EndedSessionWrites;
  signer: Signer;
  clock: Clock;
  /** Where the administration is: its cookie is sent nowhere else. */
  path: string;
  /** Whether the public URL is https. */
  secure: boolean;
}

/**
 * Sessions are in a signed cookie; each refers to its token and ends when it is revoked. Only those
 * that were signed out are stored.
 */
export function createSessions(parts: SessionsParts): Sessions {
  const { store, signer, clock, path, secure } = parts;

  function sessionOf(claim: string, expires_at: EpochMs): Session {
    return {
      claim,
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
      return (await store.isSessionEnded(claim)) ? null : sessionOf(claim, expires_at);
    },

    end: ({ claim, expires_at }) => store.endSession(claim, { expires_at, now: clock.now() }),

    cookie(session) {
      const seconds = session ? Math.floor((session.expires_at - clock.now()) / 1_000) : 0;
      const attributes = [
        `${COOKIE}=${session?.text ?? ''}`,
        `Path=${path}`,
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
