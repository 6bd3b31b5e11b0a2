import { expect, test, vi } from 'vitest';
import { type Configuration, isScheduled } from '../../model/configuration.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import type { ProofGatherer } from '../../probes/line/proof/gatherer.ts';
import { regularSlots } from '../../probes/line/schedule/regular.ts';
import { proven, SILENT } from '../probes/line/staged-line.ts';
import { temporaryPath } from '../store/temporary.ts';
import { configuration } from './configuration.ts';
import { resultsOf, startWorld, stopTime, stopWorld, transitionsOf } from './world.ts';

/** An upload every 10 s, with a deadline of 5 s, which needs a login, measured seldom. */
function site(): Configuration {
  const all = configuration();
  const [upload] = all.checks.filter(isScheduled);
  if (upload === undefined) throw new Error('no check');
  const login = {
    ...upload,
    id: 'shop-login',
    function: 'login' as const,
    schedule: '0 */30 * * * *',
    deadline_ms: MINUTE,
  };
  const { 'shop.upload': policy } = all.policies;
  return {
    ...all,
    checks: [upload, login],
    depends_on: { 'shop.upload': ['shop.login'] },
    policies: { ...all.policies, ...(policy && { 'shop.login': policy }) },
  };
}

/** It is theirs, which takes so long to prove. */
function provenAfter(ms: number): () => ProofGatherer {
  const proofFor: ProofGatherer['proofFor'] = (run) =>
    new Promise((resolve) => setTimeout(resolve, ms, proven(run)));
  return () => ({ note: () => false, proofFor });
}

const slotAfter = regularSlots(site().checks.filter(isScheduled));

/** A minute in which all is well, then up to the next slot of the upload, which hangs from then. */
async function untilUploadsHang(proof_ms: number, login_ms: number) {
  stopTime();
  const path = temporaryPath();
  const world = await startWorld({ path, settings: site(), gather: provenAfter(proof_ms) });
  const first_at = slotAfter('shop-upload', Date.now());
  await world.pass(MINUTE);
  world.script.runs = { 'shop-upload': SILENT, 'shop-login': { duration_ms: login_ms } };
  await world.pass(slotAfter('shop-upload', Date.now()) - Date.now());
  return { world, path, first_at };
}

test('held for its proof, then for a login: well, failing, and nothing between', async () => {
  const { world } = await untilUploadsHang(5 * SECOND, 4.5 * SECOND);
  await world.pass(40 * SECOND);
  const told = await transitionsOf(world, 'shop.upload');
  expect(told.map(({ to }) => to)).toEqual(['operational', 'major_outage']);
  await stopWorld(world);
});

// Of the first slot: 5 s until its deadline, 9 s for its proof, and the login does not end.
test.for([12, 14.5, 16, 20, 22, 23.9, 27])(
  'killed %s s after a slot whose result is held, each slot has a result or is in a gap',
  async (s) => {
    const { world, path, first_at } = await untilUploadsHang(9 * SECOND, 50 * SECOND);
    await world.pass(s * SECOND);
    const killed_at = Date.now();
    vi.clearAllTimers();
    for (let turns = 0; turns < 20; turns += 1) await new Promise((next) => setImmediate(next));
    await world.store.close();
    vi.setSystemTime(killed_at + 20 * SECOND);
    const next = await startWorld({ path, settings: site() });
    const known = new Set((await resultsOf(next, 'shop-upload')).map(({ slot_at }) => slot_at));
    const gaps = await next.store.gaps(0, Date.now());
    const lost: number[] = [];
    for (let at = first_at; at <= killed_at; at = slotAfter('shop-upload', at))
      if (!known.has(at) && !gaps.some(({ from, to }) => from <= at && at <= to)) lost.push(at);
    expect(lost.map((at) => (at - killed_at) / SECOND)).toEqual([]);
    await stopWorld(next);
  },
);
