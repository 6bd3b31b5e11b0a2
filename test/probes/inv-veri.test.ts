import { afterAll, afterEach, expect, test } from 'vitest';
import type { System } from '../../model/configuration.ts';
import { entryPage } from '../../probes/entry-page.ts';
import { createInvVeri } from '../../probes/systems/inv-veri/driver.ts';
import { exchangeFor, PATIENT_MS } from './raw-server.ts';
import { startSimulated } from './simulated.ts';

const simulated = await startSimulated();
afterAll(() => simulated.close());
afterEach(() => simulated.endDrills('inv-veri'));

const system = (url: string): System => ({
  id: 'inv-veri',
  name: { 'zh-CN': '查验平台', en: 'Verification' },
  driver: 'inv-veri',
  environment: 'simulator',
  neutral: false,
  ca: null,
  url,
  settings: {},
});

async function reach(url = `${simulated.url}/inv-veri`) {
  const driver = createInvVeri(system(url));
  return await driver.reach?.(exchangeFor(PATIENT_MS), { path: '/', status: 200 });
}

test('the entry page is reached by one GET, and nothing is queried', async () => {
  const before = simulated.requests.length;
  expect(await reach()).toEqual({ ok: true, value: null });
  expect(simulated.requests.slice(before)).toEqual(['GET /inv-veri/']);
});

test('the driver offers nothing that would need a captcha', () => {
  expect(Object.keys(createInvVeri(system(simulated.url)))).toEqual(['reach']);
});

test('no program gets past the captcha of the simulator', async () => {
  const answer = await fetch(`${simulated.url}/inv-veri/query`, { method: 'POST' });
  expect(await answer.json()).toMatchObject({ message: '验证码错误' });
});

test('a redirect to the maintenance page is maintenance, not an outage', async () => {
  await simulated.drill('inv-veri', { kind: 'maintenance' });
  expect(await reach()).toMatchObject({ ok: false, failure: { outcome: 'maintenance' } });
});

test.for([
  ['outage', 'system'],
  ['throttling', 'throttled'],
])('%s is %s', async ([kind = '', outcome]) => {
  await simulated.drill('inv-veri', { kind });
  expect(await reach()).toMatchObject({ ok: false, failure: { outcome } });
});

test('another page in its place is not the platform', async () => {
  expect(await reach(`${simulated.url}/erp`)).toMatchObject({
    ok: false,
    failure: { outcome: 'system', reason: 'not_recognised' },
  });
  const web = entryPage(system(`${simulated.url}/erp`));
  expect(await web.reach?.(exchangeFor(PATIENT_MS), { path: '/', status: 200 })).toMatchObject({
    ok: true,
  });
});
