import { z } from 'zod';
import type { Known } from './channel.ts';

/** A secret in a configuration: null in every process but the one that sends. */
export function secret(expected: string, pattern: RegExp, { secrets }: Known) {
  return secrets ? z.string(expected).regex(pattern, expected) : z.unknown().transform(() => null);
}
