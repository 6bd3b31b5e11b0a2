import { problem } from './problem.ts';

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
/** Methods of routes. HEAD is implied by GET; OPTIONS lists them. */
export type Method = (typeof METHODS)[number];

/** The Allow header of a route that supports `methods`. */
export function allowHeader(methods: readonly Method[]): string {
  return methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
}

/** Whether a route that supports `methods` allows this one. */
export function isAllowed(method: string, methods: readonly Method[]): boolean {
  const asked = method === 'HEAD' ? 'GET' : method;
  return methods.some((it) => it === asked);
}

/** The response of a route that supports only `methods`. */
export function methodNotAllowed(methods: readonly Method[]): Response {
  return problem({
    status: 405,
    title: 'Method not allowed',
    headers: { allow: allowHeader(methods) },
  });
}
