import { describe, expect, test } from 'vitest';
import { specimenInvoice } from '../../probes/specimen/index.ts';
import { createPinduoduo } from '../../probes/systems/pinduoduo/driver.ts';
import { SIMULATED_CREDENTIALS } from '../../probes/systems/pinduoduo/settings.ts';
import { refusesWriting } from '../../probes/writing.ts';
import { exchangeFor } from './raw-server.ts';

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
    expect(refusesWriting(url, 'simulator')).toContain('is a production system');
    expect(refusesWriting(url, 'sandbox')).toContain('never written there');
  });

  test('to anything marked production, and to what is no address', () => {
    expect(refusesWriting('http://127.0.0.1:8090', 'production')).toContain('marked production');
    expect(refusesWriting('not a url', 'simulator')).toBe('the address is not a URL');
  });
});

test.for([
  'http://127.0.0.1:8090/pinduoduo',
  'https://sandbox.example',
  'https://notpinduoduo.com',
])('writing to %s is allowed in a simulator or a sandbox', (url) => {
  expect(refusesWriting(url, 'simulator')).toBeNull();
  expect(refusesWriting(url, 'sandbox')).toBeNull();
});

test('the driver refuses by itself, before anything is looked up or sent', async () => {
  const driver = createPinduoduo({
    id: 'pdd',
    name: { 'zh-CN': 'pdd', en: 'pdd' },
    driver: 'pinduoduo',
    environment: 'sandbox',
    neutral: false,
    url: 'https://gw-api.pinduoduo.com',
    settings: SIMULATED_CREDENTIALS,
  });
  const exchange = exchangeFor(1_000);
  const invoice = specimenInvoice('26000000000000000001', '20260302100000');
  expect(await driver.upload?.(exchange, invoice)).toMatchObject({
    ok: false,
    failure: { outcome: 'self', reason: 'probe_error' },
  });
  expect(exchange.observed.phases).toEqual({});
});
