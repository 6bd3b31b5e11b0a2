import { expect, test } from 'vitest';
import { submittedBy } from '../../collector/judging/submitted.ts';
import { SECOND } from '../../model/time.ts';
import { signedBy } from '../model/signed-by.ts';
import { configuration, START } from './configuration.ts';
import { ownCheck } from './own-site.ts';
import { event, post, SENDERS, SILENT } from './posting.ts';
import { startWorld, statusOf, stopTime, stopWorld, type World } from './world.ts';

const TAX_ID = '91310000MA1FL0000X';

/** The shop's invoices are followed, and its own traffic tells of verification. */
function settings() {
  const all = configuration({}, SENDERS);
  return { ...all, checks: [...all.checks, ownCheck('verify')] };
}

/** How many results of each outcome own traffic has told of. */
async function outcomes(world: World) {
  const text = await world.telemetry.text();
  const lines = text.matchAll(
    /fapiao_check_total\{[^}]*check="shop-own-verify"[^}]*outcome="(\w+)"\} (\d+)/g,
  );
  const counts = [...lines].map(([, outcome, n]) => [outcome, Number(n)] as const);
  return Object.fromEntries(counts.filter(([, n]) => n > 0));
}

const accepted = event({ at: new Date(START - 60 * SECOND).toISOString() });
let serial = 0;
function verified(says: Record<string, unknown>) {
  serial += 1;
  const at = new Date(START - 30 * SECOND).toISOString();
  const stage = { type: 'verified', key: `verified-${serial}`, duration_ms: 900 };
  return { ...accepted, ...stage, at, ...says };
}

test('what is found of an invoice is compared with what was submitted', async () => {
  stopTime();
  const world = await startWorld({ settings: settings(), script: SILENT });
  await post(world, [{ ...accepted, amount: '113.00', tax_id: TAX_ID }]);
  // The same, however it is written; what is not said is not compared.
  await post(world, [
    verified({ amount: '113', tax_id: TAX_ID.toLowerCase() }),
    verified({ amount: '113.0' }),
    verified({}),
  ]);
  expect(await outcomes(world)).toEqual({ ok: 3 });
  await post(world, [verified({ amount: '113.01' }), verified({ tax_id: `${TAX_ID}1` })]);
  expect(await outcomes(world)).toEqual({ ok: 3, mismatch: 2 });
  expect((await statusOf(world, 'shop.verify')).last).toMatchObject({ outcome: 'mismatch' });
  const results = await world.store.ownResults({
    ...{ check: 'shop-own-verify', from: 0, to: START * 2, limit: 10, after: undefined },
  });
  expect(results.map(({ code }) => code).toSorted()).toEqual([
    'amount',
    null,
    null,
    null,
    'tax_id',
  ]);
  await stopWorld(world);
  // Over a restart, and after its journey has ended.
  const again = await startWorld({ path: world.path, settings: settings(), script: SILENT });
  const queryable = { ...verified({}), type: 'queryable', duration_ms: undefined };
  await post(again, [queryable]);
  expect(await again.store.journeys({ limit: 9 })).toMatchObject([{ state: 'arrived' }]);
  await post(again, [verified({ amount: '-113.00' }), verified({ amount: '113.00' })]);
  expect(await outcomes(again)).toEqual({ ok: 1, mismatch: 1 });
  const kept = JSON.stringify(await again.store.journeys({ limit: 9 }));
  expect(kept).not.toMatch(/113\.|91310000/);
  await stopWorld(again);
});

test('by the key of the installation; with another one nothing is known to differ', async () => {
  stopTime();
  const world = await startWorld({ settings: settings(), script: SILENT });
  await post(world, [{ ...accepted, amount: '113.00' }]);
  const [journey] = await world.store.journeys({ limit: 9 });
  const guess = { amount_fen: 11_300, tax_id: null };
  const by = (key: string) => submittedBy(journey?.id ?? '', guess, signedBy(key));
  expect(journey?.submitted).toEqual(by('test'));
  expect(journey?.submitted?.amount).not.toBe(by('of whoever guesses').amount);
  await stopWorld(world);
  const again = await startWorld({
    ...{ path: world.path, settings: settings(), script: SILENT, signer: signedBy('made anew') },
  });
  await post(again, [verified({ amount: '113.00' })]);
  expect(await outcomes(again)).toEqual({ ok: 1 });
  await stopWorld(again);
});

test('in one body too; what was not submitted is not compared', async () => {
  stopTime();
  const world = await startWorld({ settings: settings(), script: SILENT });
  await post(world, [
    { ...accepted, amount: '0.10' },
    verified({ amount: '0.1' }),
    verified({ amount: '0.01', duration_ms: undefined }),
  ]);
  expect(await outcomes(world)).toEqual({ ok: 1, mismatch: 1 });
  const other = event({ at: accepted.at });
  await post(world, [other, { ...verified({ amount: '5.00' }), number: other.number }]);
  expect(await outcomes(world)).toEqual({ ok: 2, mismatch: 1 });
  // Of an invoice that is not followed nothing is known.
  const unknown = event();
  await post(world, [{ ...verified({ amount: '5.00' }), number: unknown.number }]);
  expect(await outcomes(world)).toEqual({ ok: 3, mismatch: 1 });
  await stopWorld(world);
});
