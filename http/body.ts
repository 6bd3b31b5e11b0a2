import type { Context, Env, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { problem } from './problem.ts';

/**
 * Middleware that refuses larger bodies before they are read, with a problem document or the
 * response of `refuse`.
 */
export function limitBody<E extends Env>(
  max_bytes: number,
  refuse: (c: Context<E>) => Response | Promise<Response> = () => bodyTooLarge(max_bytes),
): MiddlewareHandler<E> {
  return bodyLimit({ maxSize: max_bytes, onError: (c) => refuse(c as Context<E>) });
}

function bodyTooLarge(max_bytes: number): Response {
  return problem({
    status: 413,
    title: 'The body is too large',
    detail: `At most ${max_bytes} bytes are taken.`,
  });
}
