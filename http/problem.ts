import { SECURITY_HEADERS } from './headers.ts';

/** A problem document (RFC 9457). `detail` says what to do about it. */
export interface Problem {
  status: number;
  title: string;
  detail?: string;
  /** What is wrong with which part of the request. */
  errors?: readonly FieldError[];
  /** Further members, by name. */
  extensions?: Record<string, unknown>;
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

/** The answer that tells a problem. */
export function problem({ status, title, detail, errors, extensions, headers }: Problem): Response {
  const body = { type: 'about:blank', title, status, detail, errors, ...extensions };
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
