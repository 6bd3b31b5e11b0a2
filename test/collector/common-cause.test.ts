import { expect, test } from 'vitest';
import { SECOND } from '../../model/time.ts';
import { result } from '../model/builders.ts';
import { configuration, START } from './configuration.ts';
import { FAILED, judgedSite, query } from './judged-site.ts';
import { stopTime } from './world.ts';

/** Both systems fail for a minute, one a few seconds after the other. */
function incidentsWith(depends_on: Record<string, string[]>) {
  stopTime();
  const site = judgedSite({ ...configuration(), depends_on });
  const incidents = new Map<string, { system: string; cause: string | null }>();
  for (let s = 0; s < 60; s += 5) {
    const at = START + s * SECOND;
    const upload = result(at, { check: 'shop-upload', ...FAILED });
    for (const seen of s % 10 === 0 ? [upload] : [query(at, FAILED)]) {
      const { incidents: changed = [] } = site.see(seen).recording;
      for (const { id, system, cause } of changed) incidents.set(id, { system, cause });
    }
  }
  return [...incidents];
}

test('I10: an incident names the one that began with it for a declared cause', () => {
  const [first, second] = incidentsWith({ 'shop.upload': ['bureau.query'] });
  expect([first?.[1].cause, second?.[1].cause]).toEqual([null, first?.[0]]);
  expect(new Set([first?.[1].system, second?.[1].system])).toEqual(new Set(['shop', 'bureau']));
});

test('what nobody declared is no common cause', () => {
  expect(incidentsWith({}).map(([, { cause }]) => cause)).toEqual([null, null]);
});
