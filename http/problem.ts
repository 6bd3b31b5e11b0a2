import { SECURITY_HEADERS } from './headers.ts';

/** A problem document (RFC 9457). `detail` says what to do about it. */
export interface Problem {
  status: number;
  title: string;
  detail?: string;
  /** What is wrong with which part of the request. */
  errors?: FieldError[];
  headers?: Record<string, string>;
}

/** Where it is, by one of the three, and what was expected. */
export interface FieldError {
  /** JSON Pointer into the body, as a URI fragment: `#/texts/title/en`. */
  pointer?: string;
  /** Of the path or the query. */
  parameter?: string;
  header?: string;
  detail: string;
}

export function problem({ status, title, detail, errors, headers }: Problem): Response {
  const more = { ...(detail ? { detail } : {}), ...(errors ? { errors } : {}) };
  const body = { type: 'about:blank', title, status, ...more };
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
