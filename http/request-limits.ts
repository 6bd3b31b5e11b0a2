import type { ServerOptions } from 'node:http';
import { SECOND } from '../model/time.ts';

/** Time limit for receiving a request, its body included. */
const REQUEST_LIMIT_MS = 30 * SECOND;

/**
 * Options of every server: a request whose head or body is not there after 30 s is answered with
 * 408, at most 2 s later, and its connection is closed.
 */
export const REQUEST_LIMITS = {
  headersTimeout: REQUEST_LIMIT_MS,
  requestTimeout: REQUEST_LIMIT_MS,
  connectionsCheckingInterval: 2 * SECOND,
} as const satisfies ServerOptions;
