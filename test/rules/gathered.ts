import { expect } from 'vitest';
import type { LineCondition } from '../../model/own-trouble.ts';
import type { Contact } from '../../model/proof.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { watchConditions } from '../../probes/line/proof/conditions.ts';
import { rememberDates } from '../../probes/line/proof/dates.ts';
import { rememberHere } from '../../probes/line/proof/here.ts';
import { createLineLedger } from '../../probes/line/proof/ledger.ts';
import { createLineProofs } from '../../probes/line/proof/line-proofs.ts';
import { createNameProofs } from '../../probes/line/proof/names.ts';
import { createNeutrals } from '../../probes/line/proof/neutrals.ts';
import { rememberRefusals } from '../../probes/line/proof/refusals.ts';
import { undelayed } from '../../probes/line/proof/undelayed.ts';
import { contact, T0 } from '../model/builders.ts';
import { rowsOf } from './row.ts';

const silent = (host: string, changed: Partial<Contact> = {}) =>
  contact(host, { reach: 'silent', ...changed });
const ledger = () => createLineLedger(() => false);

/** How far from a failure the answer of another host is that the line knows of; null: of none. */
function otherAnswer(after_ms: number): number | null {
  const line = ledger();
  line.note('other.cn', contact('other.cn'), HOUR + after_ms);
  return line.nearestAnswer('failing.cn', silent('failing.cn'), HOUR)?.after_ms ?? null;
}

/** Whether another host answered that shows the neutral hosts to fail by themselves. */
function isCarried(after_ms: number): boolean {
  const line = ledger();
  line.note('other.cn', contact('other.cn'), HOUR + after_ms);
  return line.carriedTo(silent('failing.cn'), HOUR);
}

/** How many names are lost of two that resolved so long before they fail. */
async function lostAfter(ms: number): Promise<number> {
  let now = 0;
  const names = ['a.one.com', 'a.two.com'];
  const proofs = createNameProofs({
    control: { name: 'www.control.com', resolves: async () => true },
    names: names.map((name) => ({ name, resolves: async () => false })),
    system_lookup: { finds: async () => false },
    monotonic: () => now,
  });
  for (const name of names) proofs.resolved(name);
  now = ms;
  const about = await proofs.about({ name: 'a.one.com', reason: null, started_at: ms });
  return about.names.lost;
}

const neutral = { system: 'neutral', host: 'neutral.cn', ask: async () => silent('neutral.cn') };

/** Whether a neutral host counts that is silent now and had answered so long before. */
async function countsAfter(ms: number): Promise<boolean> {
  const line = ledger();
  line.note('neutral.cn', contact('neutral.cn'), 0);
  const neutrals = createNeutrals({
    hosts: [neutral],
    ledger: line,
    heard: () => false,
    monotonic: () => ms,
  });
  return (await neutrals.ask(silent('failing.cn'), null)).length === 1;
}

/** What is told of a neutral host that failed, and as often again since another one answered. */
function toldOfNeutral(tries: number): LineCondition['kind'][] {
  const line = ledger();
  const told: LineCondition['kind'][] = [];
  const watch = watchConditions({
    line: 'local',
    neutrals: [neutral],
    ledger: line,
    clock: { now: () => T0, monotonic: () => 0 },
    changed: ({ kind }) => told.push(kind),
  });
  const fails = (at: number) => {
    line.note('neutral.cn', silent('neutral.cn'), at);
    watch.noted('neutral.cn');
  };
  fails(1);
  line.note('other.cn', contact('other.cn'), 2);
  for (let n = 0; n < tries; n += 1) fails(3 + n);
  return told;
}

/** How many hosts of the line failed lately, of three that did so long before. */
async function failedLately(ms_ago: number, longest_distance_ms: number): Promise<number> {
  const line = ledger();
  for (const n of [1, 2, 3])
    line.note(`h${n}.cn`, silent(`h${n}.cn`, { address: `8.${n}.0.1` }), 0);
  const clock = { now: () => T0 + ms_ago, monotonic: () => ms_ago };
  const conditions = watchConditions({
    line: 'local',
    neutrals: [],
    ledger: line,
    clock,
    changed: () => {},
  });
  const proofs = createLineProofs({
    neutrals: [],
    others: [],
    ledger: line,
    conditions,
    heard: () => false,
    longest_distance_ms,
    monotonic: clock.monotonic,
  });
  const failing = silent('failing.cn', { address: '8.9.0.1' });
  const known = await proofs.about({ contact: failing, started_at: ms_ago, at: ms_ago });
  return known({ contact: failing }).line.failed;
}

/** How long ago a host refused us, if it may block us now. */
function refusedAgo(ms: number): number | null {
  const refusals = rememberRefusals();
  refusals.refused('a.cn', 0);
  return refusals.refusedMsAgo('a.cn', ms);
}

/** Whether a name is here that was recognised so often at an address of this machine. */
function isHereAfter(times: number): boolean {
  const here = rememberHere(() => true);
  const at = contact('erp.example', { address: '127.0.0.1' });
  for (let n = 0; n < times; n += 1)
    here.well('erp.example', { contact: at, notes: [], is_secure: false });
  return here.isAt('erp.example', '127.0.0.1');
}

/** What hosts say that found our clock ahead by so much, `ms_ago`, beside some that agree. */
function says(aheads_ms: readonly number[], agreeing: number, ms_ago = 0) {
  let now = HOUR;
  const dates = rememberDates({ now: () => T0 + now, monotonic: () => now });
  for (const [n, clock_ahead_ms] of aheads_ms.entries())
    dates.note(contact(`h${n}.owner${n}.com`, { clock_ahead_ms }));
  for (let n = 0; n < agreeing; n += 1)
    dates.note(contact(`agrees${n}.com`, { clock_ahead_ms: 0 }));
  now += ms_ago;
  return dates.witnesses(silent('failing.cn'));
}

/** How often a question is asked whose bad answer comes while our thread stands still. */
async function askedAfter(stood_still_ms: number): Promise<number> {
  let now = 0;
  let times = 0;
  await undelayed({
    async ask() {
      // The timer that shows it is due every 50 ms.
      now += 50 + stood_still_ms;
      times += 1;
    },
    isGood: () => false,
    monotonic: () => now,
  });
  return times;
}

/** How the line gathers what proofs say, by the sentences of docs/judging.md. */
export const GATHERED = [
  ...rowsOf('PROOF-3', {
    'the line knows of answers 10 s before and after': () => {
      expect([-10_000, 10_000].map(otherAnswer)).toEqual([-10_000, 10_000]);
      expect([-10_001, 10_001].map(otherAnswer)).toEqual([null, null]);
    },
  }),
  ...rowsOf('PROOF-6', {
    'a name that resolved an hour before it began to fail is lost': async () => {
      expect(await lostAfter(HOUR)).toBe(2);
      expect(await lostAfter(HOUR + 1)).toBe(0);
    },
  }),
  ...rowsOf('PROOF-7', {
    'a neutral host counts that had answered 10 minutes before': async () => {
      expect(await countsAfter(10 * MINUTE)).toBe(true);
      expect(await countsAfter(10 * MINUTE + 1)).toBe(false);
    },
    'the line knows of an answer within 10 s of the failure': () =>
      expect([-10_001, -10_000, 10_000, 10_001].map(isCarried)).toEqual([false, true, true, false]),
    'operators are told of the second failure after another host answered': () => {
      expect(toldOfNeutral(1)).toEqual([]);
      expect(toldOfNeutral(2)).toEqual(['neutral']);
    },
  }),
  ...rowsOf('PROOF-8', {
    'a host counts that was tried within the longest distance of slots': async () => {
      expect(await failedLately(2 * MINUTE, 2 * MINUTE)).toBe(3);
      expect(await failedLately(2 * MINUTE + 1, 2 * MINUTE)).toBe(0);
    },
    'within a minute at least': async () => {
      expect(await failedLately(MINUTE, 15 * SECOND)).toBe(3);
      expect(await failedLately(MINUTE + 1, 15 * SECOND)).toBe(0);
    },
    'and within 5 minutes at most': async () => {
      expect(await failedLately(5 * MINUTE, HOUR)).toBe(3);
      expect(await failedLately(5 * MINUTE + 1, HOUR)).toBe(0);
    },
  }),
  ...rowsOf('PROOF-11', {
    'a refusal is known for an hour': () => {
      expect(refusedAgo(HOUR)).toBe(HOUR);
      expect(refusedAgo(HOUR + 1)).toBeNull();
    },
  }),
  ...rowsOf('PROOF-14', {
    'recognised three times at an address of this machine: it is here': () =>
      expect([2, 3].map(isHereAfter)).toEqual([false, true]),
  }),
  ...rowsOf('PROOF-16', {
    'a clock agrees that is within a minute of ours': () => {
      expect(says([MINUTE, -MINUTE], 0)).toMatchObject({ agreeing: 2, differing: 0 });
      expect(says([MINUTE + 1], 0)).toMatchObject({ agreeing: 0, differing: 1 });
      expect(says([-MINUTE - 1], 0)).toMatchObject({ agreeing: 0, differing: 1 });
    },
    'for an hour': () => {
      expect(says([0], 0, HOUR).agreeing).toBe(1);
      expect(says([0], 0, HOUR + 1).agreeing).toBe(0);
    },
    'off by a zone, of whole quarters of an hour: nothing beside one that has our time': () => {
      const nepal_ms = 5.75 * HOUR;
      expect(says([nepal_ms], 1).differing).toBe(0);
      expect(says([nepal_ms], 0).differing).toBe(1);
      expect(says([nepal_ms + 7.5 * MINUTE], 1).differing).toBe(1);
    },
    'of at most 14 hours': () => {
      expect(says([14 * HOUR], 1).differing).toBe(0);
      expect(says([15 * HOUR], 1).differing).toBe(1);
    },
  }),
  ...rowsOf('PROOF-17', {
    'asked once more where our thread stood still for 200 ms, and no third time': async () => {
      expect(await askedAfter(199)).toBe(1);
      expect(await askedAfter(200)).toBe(2);
    },
  }),
];
