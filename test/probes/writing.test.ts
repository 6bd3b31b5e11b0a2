import { describe, expect, test } from 'vitest';
import { systemClock } from '../../model/time.ts';
import type { Environment } from '../../model/vocabulary.ts';
import { writeRefusal } from '../../model/writing.ts';
import { createCheckRunner } from '../../probes/line/check-runner.ts';
import { SYSTEMS } from '../../probes/systems/index.ts';
import { startRawServer } from './raw-server.ts';
import { demoAt } from './simulated.ts';

const refusal = (url: string, environment: Environment) =>
  writeRefusal(url, environment, Object.values(SYSTEMS));

const PRODUCTION = [
  'https://gw-api.pinduoduo.com',
  'https://GW-API.Pinduoduo.COM.',
  'https://pinduoduo.com/api',
  'https://mms.yangkeduo.com',
  'https://dppt.beijing.chinatax.gov.cn:8443',
  'https://user:password@etax.shanghai.chinatax.gov.cn',
  'https://inv-veri.chinatax.gov.cn',
  'http://chinatax。gov。cn',
  'http://www.tax.example.gov.cn..',
];

describe('writing is refused', () => {
  test.for(PRODUCTION)('to %s, whatever it is marked', (url) => {
    expect(refusal(url, 'simulator')).toContain('is a production system');
    expect(refusal(url, 'sandbox')).toContain('never written there');
  });

  test('to anything marked production, and to what is no address', () => {
    expect(refusal('http://127.0.0.1:8090', 'production')).toContain('marked production');
    expect(refusal('not a url', 'simulator')).toBe('the address is not a URL');
  });
});

test.for([
  'http://127.0.0.1:8090/pinduoduo',
  'https://sandbox.example',
  'https://notpinduoduo.com',
])('writing to %s is allowed in a simulator or a sandbox', (url) => {
  expect(refusal(url, 'simulator')).toBeNull();
  expect(refusal(url, 'sandbox')).toBeNull();
});

test('a line refuses by itself, before anything is looked up or sent', async () => {
  const server = await startRawServer((socket) => socket.end());
  const configuration = demoAt(server.url);
  const systems = configuration.systems.map((it) => ({
    ...it,
    environment: 'production' as const,
  }));
  const runner = createCheckRunner({
    configuration: { ...configuration, systems },
    installation: 'test',
    clock: systemClock,
  });
  expect(await runner.run('upload', 0)).toMatchObject({
    outcome: 'self',
    reason: 'probe_error',
    detail: expect.stringContaining('marked production'),
    phases: {},
  });
  await server.close();
  expect(server.received).toEqual([]);
});

test('a line refuses the production hosts of every system, whatever they are called', async () => {
  const configuration = demoAt('https://dppt.beijing.chinatax.gov.cn');
  const runner = createCheckRunner({ configuration, installation: 'test', clock: systemClock });
  expect(await runner.run('upload', 0)).toMatchObject({
    outcome: 'self',
    reason: 'probe_error',
    detail: expect.stringContaining('is a production system (gov.cn)'),
    phases: {},
  });
});
