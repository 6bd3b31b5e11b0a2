import { expect, it } from 'vitest';
import { HOUR } from '../../../model/time.ts';
import { createNameProofs } from '../../../probes/line/proof/names.ts';

it('a control name that failed since the run began proves nothing, also resolving', async () => {
  let now = HOUR;
  let resolves = false;
  const proofs = createNameProofs({
    control: { name: 'www.control.com', resolves: async () => resolves },
    names: [],
    system_lookup: { finds: async () => false },
    monotonic: () => now,
  });
  const controlOf = async (started_at: number) => {
    const about = await proofs.about({ name: 'failing.cn', reason: null, started_at });
    return about.control;
  };
  expect(await controlOf(HOUR - 1)).toBe('failed');
  now += HOUR;
  resolves = true;
  expect(await controlOf(HOUR - 1)).toBe('failed');
  expect(await controlOf(HOUR)).toBe('failed');
  expect(await controlOf(HOUR + 1)).toBe('resolved');
});
