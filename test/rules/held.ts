import { expect, vi } from 'vitest';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { SECOND } from '../../model/time.ts';
import type { EndedRun } from '../../probes/line/proof/gatherer.ts';
import { createProving } from '../../probes/line/proving.ts';
import { bad, T0 } from '../model/builders.ts';
import { rowsOf } from './row.ts';

/** A bad run whose proof never comes. */
const run = {
  check: { id: 'c', system: 's', deadline_ms: 8_000 },
  result: bad(T0, {
    contact: { host: 'h', address: null, reach: 'silent', resolver_differs: false },
  }),
  ended_at_ms: 0,
  loop_delay_ms: 0,
} as unknown as EndedRun;

/** How long it is held, in ms. */
async function heldFor(): Promise<number> {
  vi.useFakeTimers();
  const from = Date.now();
  const never = { note: () => false, proofFor: () => new Promise<never>(() => {}) };
  const proving = createProving(never, () => DEFAULT_POLICY.proof_wait_ms);
  try {
    const held = Promise.resolve(proving.judge(run)).then((it) => ({ it, ms: Date.now() - from }));
    await vi.runAllTimersAsync();
    const { it, ms } = await held;
    expect(it).toMatchObject({ outcome: 'self', reason: 'unproven' });
    return ms;
  } finally {
    vi.useRealTimers();
  }
}

export const HELD = rowsOf('PROOF-13', {
  'held for 10 s, then not judged': async () => expect(await heldFor()).toBe(10 * SECOND),
});
