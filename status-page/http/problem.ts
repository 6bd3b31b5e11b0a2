import { SECURITY_HEADERS } from './headers.ts';

/** A problem document (RFC 9457). `detail` says what to do about it. */
export interface Problem {
  status: number;
  title: string;
  detail?: string;
  headers?: Record<string, string>;
}

export function problem({ status, title, detail, headers }: Problem): Response {
  const body = { type: 'about:blank', title, status, ...(detail ? { detail } : {}) };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      ...SECURITY_HEADERS,
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...headers,
    },
  });
}

export function methodNotAllowed(allow: string): Response {
  return problem({ status: 405, title: 'Method not allowed', headers: { allow } });
}
