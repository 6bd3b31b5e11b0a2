import { z } from 'zod';
import type { SettingsContext } from './channel.ts';

/** A secret in a configuration: null in every process but the one that sends. */
export function secret(expected: string, pattern: RegExp, { secrets }: SettingsContext) {
  return secrets ? z.string(expected).regex(pattern, expected) : z.unknown().transform(() => null);
}
