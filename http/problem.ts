import { SECURITY_HEADERS } from './headers.ts';

/** A problem document (RFC 9457). `detail` states the remedy. */
export interface Problem {
  status: number;
  title: string;
  detail?: string;
  /** Problems of parts of the request. */
  errors?: readonly FieldError[];
  /** Further members, by name. */
  extensions?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** The location, by one of the three, and the expected value. */
export interface FieldError {
  /** JSON Pointer into the body, as a URI fragment: `#/texts/title/en`. */
  pointer?: string;
  /** Name of a path or query parameter. */
  parameter?: string;
  header?: string;
  detail: string;
}

/** Content type of problem documents. */
export const PROBLEM_TYPE = 'application/problem+json';

/** The parts of a response with a problem document. */
export function problemParts({ status, title, detail, errors, extensions, headers }: Problem) {
  const body = { type: 'about:blank', title, status, detail, errors, ...extensions };
  return {
    status,
    body: JSON.stringify(body),
    headers: {
      ...SECURITY_HEADERS,
      'content-type': PROBLEM_TYPE,
      'cache-control': 'no-store',
      ...headers,
    },
  };
}

/** The response with a problem document. */
export function problem(told: Problem): Response {
  const { body, ...rest } = problemParts(told);
  return new Response(body, rest);
}
