import { expect, test } from 'vitest';
import { submittedBy } from '../../collector/judging/submitted.ts';
import { SECOND } from '../../model/time.ts';
import { signedBy } from '../model/signed-by.ts';
import { configuration, START } from './configuration.ts';
import { ownCheck } from './own-site.ts';
import { event, post, SENDERS, SILENT } from './posting.ts';
import { isoAt, tellOf } from './telling.ts';
import { startWorld, statusOf, stopTime, stopWorld, type World } from './world.ts';

const TAX_ID = '91310000MA1FL0000X';

/** The shop's invoices are followed, and its own traffic tells of these functions. */
function settings(...functions: Parameters<typeof ownCheck>[0][]) {
  const all = configuration({}, SENDERS);
  return { ...all, checks: [...all.checks, ...['verify' as const, ...functions].map(ownCheck)] };
}

async function start(...functions: Parameters<typeof ownCheck>[0][]): Promise<World> {
  stopTime();
  return await startWorld({ settings: settings(...functions), script: SILENT });
}

/** How many results of each outcome own traffic has told of. */
async function outcomes(world: World, fn = 'verify') {
  const text = await world.telemetry.text();
  const lines = text.matchAll(
    new RegExp(`fapiao_check_total{[^}]*check="shop-own-${fn}"[^}]*outcome="(\\w+)"} (\\d+)`, 'g'),
  );
  const counts = [...lines].map(([, outcome, n]) => [outcome, Number(n)] as const);
  return Object.fromEntries(counts.filter(([, n]) => n > 0));
}

const accepted = event({ at: isoAt(-60 * SECOND), issued: '20261101080000' });
let serial = 0;
/** Something else that is told of the same invoice, 30 s later. */
function later(type: string, says: Record<string, unknown>, ms = -30 * SECOND) {
  serial += 1;
  return { ...accepted, type, key: `${type}-${serial}`, at: isoAt(ms), ...says };
}
const verified = (says: Record<string, unknown>, ms?: number) =>
  later('verified', { duration_ms: 900, ...says }, ms);

test('what is found of an invoice is compared with what was submitted', async () => {
  const world = await start();
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
  expect((await statusOf(world, 'shop.verify')).last).toMatchObject({
    outcome: 'mismatch',
    reason: 'tax_id_differs',
  });
  const results = await world.store.ownResults({
    ...{ check: 'shop-own-verify', from: 0, to: START * 2, limit: 10, after: undefined },
  });
  expect(results.map(({ code }) => code).toSorted()).toEqual([
    'amount_differs',
    null,
    null,
    null,
    'tax_id_differs',
  ]);
  await stopWorld(world);
  // Over a restart, and after its journey has ended.
  const again = await startWorld({ path: world.path, settings: settings(), script: SILENT });
  await tellOf(again, [later('queryable', { system: 'bureau' })]);
  expect(await again.store.journeys({ limit: 9 })).toMatchObject([{ state: 'arrived' }]);
  await post(again, [verified({ amount: '-113.00' }), verified({ amount: '113.00' })]);
  expect(await outcomes(again)).toEqual({ ok: 1, mismatch: 1 });
  const kept = JSON.stringify(await again.store.journeys({ limit: 9 }));
  expect(kept).not.toMatch(/113\.|91310000/);
  await stopWorld(again);
});

test('by the key of the installation; with another one nothing is known to differ', async () => {
  const world = await start();
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
  const world = await start();
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

test('a correction under the same number is no mismatch of what comes after it', async () => {
  const world = await start('upload');
  await post(world, [{ ...accepted, amount: '100.00' }]);
  await post(world, [later('rejected', {}, -50 * SECOND)]);
  // It was withdrawn: whatever is told of it now is not known to be wrong.
  await post(world, [
    later('accepted', { amount: '120.00', duration_ms: 300 }, -40 * SECOND),
    verified({ amount: '120.00' }),
    verified({ amount: '100.00' }),
  ]);
  expect(await outcomes(world)).toEqual({ ok: 2 });
  expect(await outcomes(world, 'upload')).toEqual({ ok: 1 });
  await stopWorld(world);
});

test('what happened after a withdrawal is not compared, in any order of a body', async () => {
  const world = await start();
  const rejected = () => later('rejected', {}, -40 * SECOND);
  const after = () => verified({ amount: '120.00' }, -30 * SECOND);
  const before = () => verified({ amount: '90.00' }, -50 * SECOND);
  await post(world, [{ ...accepted, amount: '100.00' }, after(), before(), rejected()]);
  expect(await outcomes(world)).toEqual({ ok: 1, mismatch: 1 });
  await stopWorld(world);
  const turned = await start();
  await post(turned, [rejected(), before(), after(), { ...accepted, amount: '100.00' }]);
  expect(await outcomes(turned)).toEqual({ ok: 1, mismatch: 1 });
  await stopWorld(turned);
});

test('what was accepted last is what was submitted, also after a start', async () => {
  const world = await start('upload');
  await post(world, [{ ...accepted, amount: '100.00' }]);
  const again = later('accepted', { amount: '120.00', duration_ms: 300 }, -40 * SECOND);
  await post(world, [again, verified({ amount: '120.00' })]);
  await post(world, [verified({ amount: '120.00' }), verified({ amount: '100.00' })]);
  expect(await outcomes(world)).toEqual({ ok: 2, mismatch: 1 });
  // The acceptance itself is none; nor is what was told of the first one before it.
  expect(await outcomes(world, 'upload')).toEqual({ ok: 1 });
  await post(world, [verified({ amount: '100.00' }, -45 * SECOND)]);
  expect(await outcomes(world)).toEqual({ ok: 3, mismatch: 1 });
  // Told late, the first acceptance is still the first.
  await post(world, [later('accepted', { amount: '100.00' }, -58 * SECOND)]);
  await stopWorld(world);
  const restarted = await startWorld({
    ...{ path: world.path, settings: settings('upload'), script: SILENT },
  });
  await tellOf(restarted, [later('queryable', { system: 'bureau' })]);
  await post(restarted, [verified({ amount: '120.00' }), verified({ amount: '100.00' })]);
  expect(await outcomes(restarted)).toEqual({ ok: 1, mismatch: 1 });
  // After it has arrived, too.
  await post(restarted, [later('accepted', { amount: '130.00' }, -20 * SECOND)]);
  await post(restarted, [verified({ amount: '130.00' }, -10 * SECOND)]);
  expect(await outcomes(restarted)).toEqual({ ok: 2, mismatch: 1 });
  expect(await restarted.store.journeys({ limit: 9 })).toMatchObject([{ state: 'arrived' }]);
  // One that does not say what was submitted leaves nothing to compare.
  await post(restarted, [later('accepted', {}, -9 * SECOND)]);
  await post(restarted, [verified({ amount: '1.00' }, -8 * SECOND)]);
  expect(await outcomes(restarted)).toEqual({ ok: 3, mismatch: 1 });
  await stopWorld(restarted);
});

test('what issues an invoice does not say what was submitted', async () => {
  const world = await start('upload');
  await post(world, [{ ...accepted, type: 'issued', amount: '100.00' }]);
  await post(world, [verified({ amount: '120.00' })]);
  expect(await outcomes(world)).toEqual({ ok: 1 });
  await post(world, [later('accepted', { amount: '120.00', duration_ms: 300 }, -50 * SECOND)]);
  await post(world, [verified({ amount: '120.00' }), verified({ amount: '100.00' })]);
  expect(await outcomes(world, 'upload')).toEqual({ ok: 1 });
  expect(await outcomes(world)).toEqual({ ok: 2, mismatch: 1 });
  await stopWorld(world);
});

test('it is laid at the function of which own traffic tells, not always at issuing', async () => {
  const world = await start('issue', 'review');
  await post(world, [{ ...accepted, amount: '100.00' }]);
  await post(world, [later('reviewed', { amount: '90.00' }), later('sealed', { amount: '90.00' })]);
  expect(await outcomes(world, 'review')).toEqual({ mismatch: 1 });
  expect(await outcomes(world, 'issue')).toEqual({ mismatch: 1 });
  await stopWorld(world);
});

test('that the amount differs is why its function fails, also after a start', async () => {
  const world = await start();
  await post(world, [{ ...accepted, at: isoAt(-80 * SECOND), amount: '100.00' }]);
  const wrong = Array.from({ length: 13 }, (_, i) =>
    verified({ amount: '90.00' }, i * 6 * SECOND - 75 * SECOND),
  );
  await post(world, wrong);
  const failing = { state: 'major_outage', notes: [{ reason: 'amount_differs' }] };
  expect(await statusOf(world, 'shop.verify')).toMatchObject(failing);
  await stopWorld(world);
  const again = await startWorld({ path: world.path, settings: settings(), script: SILENT });
  await post(again, [later('verified', { outcome: 'ok' }, -79 * SECOND)]);
  expect(await statusOf(again, 'shop.verify')).toMatchObject(failing);
  await stopWorld(again);
});
