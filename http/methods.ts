import { problem } from './problem.ts';

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
/** What an address may be asked by. HEAD goes with GET; OPTIONS tells what there is. */
export type Method = (typeof METHODS)[number];

/** The Allow header of an address that takes `methods`. */
export function allowHeader(methods: readonly Method[]): string {
  return methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
}

/** Whether an address that takes `methods` takes this one. */
export function isAllowed(method: string, methods: readonly Method[]): boolean {
  const asked = method === 'HEAD' ? 'GET' : method;
  return methods.some((it) => it === asked);
}

/** The answer of an address that takes only `methods`. */
export function methodNotAllowed(methods: readonly Method[]): Response {
  return problem({
    status: 405,
    title: 'Method not allowed',
    headers: { allow: allowHeader(methods) },
  });
}
