import { expect, test } from 'vitest';
import { SECOND } from '../../../model/time.ts';
import { createLineLedger } from '../../../probes/line/proof/ledger.ts';
import { createTries } from '../../../probes/line/proof/tries.ts';
import { contact } from '../../model/builders.ts';

const FAILING = 'failing.example';

/** Hosts that may be tried; those that answer, and those that answered before, the last at last. */
function open(hosts: readonly string[], given: { well?: string[]; answered?: string[] }) {
  const { well = [], answered = [] } = given;
  let now = 100 * SECOND;
  const ledger = createLineLedger(() => false);
  for (const [n, host] of answered.entries()) ledger.note(host, contact(host), n);
  const tried: [string, number][] = [];
  const tries = createTries({
    hosts: hosts.map((host) => ({
      host,
      async connect(limit_ms) {
        tried.push([host, limit_ms]);
        return contact(host, { reach: well.includes(host) ? 'answered' : 'silent' });
      },
    })),
    ledger,
    heard: (_, { reach }) => reach === 'answered',
    monotonic: () => now,
  });
  return {
    /** Which are tried in a round, in their order. */
    async round() {
      const before = tried.length;
      await tries.round(FAILING);
      return tried.slice(before).map(([host]) => host);
    },
    limits: () => new Set(tried.map(([, limit_ms]) => limit_ms)),
    later: (ms: number) => {
      now += ms;
    },
  };
}

const numbered = (n: number) => Array.from({ length: n }, (_, i) => `h${i}.cn`);

test('the two that answered last are tried, and no others where one of them answers', async () => {
  const it = open(numbered(6), { well: ['h2.cn'], answered: ['h1.cn', 'h2.cn', 'h5.cn'] });
  expect(await it.round()).toEqual(['h5.cn', 'h2.cn']);
  expect(it.limits()).toEqual(new Set([2 * SECOND]));
});

test('else the others, of each domain one before its neighbours', async () => {
  const hosts = ['a.one.cn', 'b.one.cn', 'a.two.cn', FAILING, 'c.one.cn', 'a.three.cn'];
  const it = open(hosts, { well: [], answered: [] });
  const order = ['a.one.cn', 'a.two.cn', 'a.three.cn', 'b.one.cn', 'c.one.cn'];
  expect(await it.round()).toEqual(order);
});

test('sixteen at most', async () => {
  expect(await open(numbered(16), {}).round()).toHaveLength(16);
  expect(await open(numbered(40), {}).round()).toHaveLength(16);
});

test('one that failed is left alone for 10 s, one that answered for a second', async () => {
  const it = open(numbered(3), { well: ['h0.cn'] });
  expect(await it.round()).toEqual(['h0.cn', 'h1.cn']);
  it.later(SECOND);
  expect(await it.round()).toEqual(['h0.cn']);
  it.later(9 * SECOND - 1);
  expect(await it.round()).toEqual(['h0.cn']);
  it.later(1);
  expect(await it.round()).toEqual(['h1.cn']);
});
