import { z } from 'zod';
import type { SettingsContext } from './channel.ts';

/** Schema of a secret in the configuration: null in every process except the notifier. */
export function secret(expected: string, pattern: RegExp, { secrets }: SettingsContext) {
  return secrets ? z.string(expected).regex(pattern, expected) : z.unknown().transform(() => null);
}
