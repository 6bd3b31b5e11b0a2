import { expect } from 'vitest';
import type { MessageKey } from '../../../messages/index.ts';
import { witnessTexts } from '../../../messages/text.ts';
import { FACTS } from './index.ts';

/** The messages of which something is made, each once; refused as in every test. */
export function said(make: () => unknown): Set<MessageKey> {
  const keys = new Set<MessageKey>();
  const before = witnessTexts((key, params) => {
    if (key in FACTS) keys.add(key as MessageKey);
    before?.(key, params);
  });
  try {
    make();
    return keys;
  } finally {
    witnessTexts(before);
  }
}

/** Whether a message may be said of something, by the thing alone. */
export type Allowed<Input> = Partial<Record<MessageKey, (input: Input) => boolean>>;

/**
 * Says all of them, and expects that each message is allowed by what it is said of, and that each
 * is said of something. `families`: the beginnings of keys of which all must be in the table.
 */
export function expectSaid<Input>(
  inputs: readonly Input[],
  say: (input: Input) => unknown,
  { allowed, families }: { allowed: Allowed<Input>; families: readonly string[] },
): void {
  const reached = new Set<string>();
  for (const input of inputs) {
    for (const key of said(() => say(input))) {
      reached.add(key);
      const is_so = allowed[key]?.(input) ?? true;
      if (!is_so) expect({ key, of: input }).toBe('allowed');
    }
  }
  const listed = Object.keys(allowed);
  expect(listed.filter((key) => !reached.has(key))).toEqual([]);
  const all = Object.keys(FACTS).filter((key) => families.some((it) => key.startsWith(it)));
  expect(all.filter((key) => !listed.includes(key))).toEqual([]);
}
