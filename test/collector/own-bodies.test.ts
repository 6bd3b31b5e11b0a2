import { expect, test, vi } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { START } from './configuration.ts';
import { differencesSince, ownSettings, startOwnSite } from './own-site.ts';
import { event } from './posting.ts';
import { keepNotices, openSiteStore } from './recording.ts';
import { stopTime } from './world.ts';

const plain = (at: number) => ({
  ...{ number: undefined, issued: undefined },
  at: new Date(START + at).toISOString(),
});
const issued = (at: number) => event({ ...plain(at), type: 'issued', duration_ms: 900 });
const failed = (at: number) => event({ ...plain(at), type: 'failed', function: 'issue' });
const seconds = (from: number, to: number, one: (at: number) => unknown) =>
  Array.from({ length: to - from }, (_, i) => one((from + i) * SECOND));

async function startSite() {
  stopTime();
  const { store } = await openSiteStore(ownSettings());
  const { notices, observer } = keepNotices();
  const site = await startOwnSite(store, ownSettings(), observer);
  await site.recorder.start();
  return { store, site, notices };
}

test('what one body tells is told as a whole: half of it is no outage', async () => {
  const { store, site, notices } = await startSite();
  vi.setSystemTime(START + 2 * MINUTE);
  const body = [...seconds(0, 100, failed), ...seconds(0, 100, issued)];
  expect(await site.post(body)).toMatchObject({ status: 200, body: { accepted: 200 } });
  await site.recorder.time();
  expect(await store.incidents({})).toEqual([]);
  expect(notices).toEqual([]);
  await store.close();
});

test('an outage of long ago is told as over, wherever the body is cut', async () => {
  const { store, site, notices } = await startSite();
  vi.setSystemTime(START + HOUR);
  // Every hundredth event is the last of a transaction: by then 70 in a row have failed.
  const body = [
    ...seconds(0, 30, issued),
    ...seconds(30, 160, failed),
    ...seconds(160, 400, issued),
  ];
  expect(await site.post(body)).toMatchObject({ status: 200, body: { accepted: 400 } });
  await site.recorder.time();
  const [incident, ...others] = await store.incidents({});
  expect(others).toEqual([]);
  const codes = incident?.updates.map(({ code }) => code);
  // After it nothing is known any more.
  expect(codes).toEqual(['recovered', 'unclear']);
  expect(notices).not.toContain('incident_opened');
  expect(await differencesSince(store, START - MINUTE)).toEqual([]);
  await store.close();
});

test('a last part that is known already tells of the ones before', async () => {
  const { store, site, notices } = await startSite();
  vi.setSystemTime(START + 6 * MINUTE);
  const known = seconds(0, 100, issued);
  await site.post(known);
  expect(notices).toEqual([]);
  const body = [...seconds(200, 300, failed), ...known];
  expect(await site.post(body)).toMatchObject({ body: { accepted: 100, duplicate: 100 } });
  expect(await store.incidents({})).toHaveLength(1);
  expect(notices).toContain('incident_opened');
  await store.close();
});
