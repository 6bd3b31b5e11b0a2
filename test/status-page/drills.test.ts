import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { System } from '../../model/configuration.ts';
import { MINUTE } from '../../model/time.ts';
import { createDrills } from '../../status-page/demo/drills.ts';
import { ask } from './request.ts';
import { NOW, siteConfiguration } from './site.ts';
import { usePage } from './use-page.ts';

/** What reached the stand-in for the simulators, as "METHOD /path body". */
let received: string[];
let answers: number;
let simulator: Server;

function simulatedAt(url: string): System[] {
  const systems = siteConfiguration().systems.filter(({ neutral }) => !neutral);
  return systems.map((it) => ({ ...it, environment: 'simulator', url: `${url}/${it.id}` }));
}

beforeEach(async () => {
  received = [];
  answers = 201;
  simulator = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      received.push(`${request.method} ${request.url} ${body}`.trim());
      response.writeHead(answers).end('{}');
    });
  });
  await new Promise<void>((resolve) => simulator.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  simulator.closeAllConnections();
  await new Promise((resolve) => simulator.close(resolve));
});

const page = usePage({
  drills(clock) {
    const { port } = simulator.address() as AddressInfo;
    return createDrills({ systems: simulatedAt(`http://127.0.0.1:${port}`), clock });
  },
});

const press = (
  path: string,
  headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' },
) => ask(`${page.url}${path}`, { method: 'POST', headers });
const UNTIL = new Date(NOW + 10 * MINUTE).toISOString();
const MEND = ['DELETE /pinduoduo/drills', 'DELETE /beijing/drills'];

describe('a drill button', () => {
  test.each([
    ['recover', []],
    [
      'slow-download',
      [`POST /beijing/drills {"kind":"latency","function":"download","ms":700,"until":"${UNTIL}"}`],
    ],
    ['stalled-sync', [`POST /beijing/drills {"kind":"stalled_sync","until":"${UNTIL}"}`]],
  ])('%s reaches the simulators and leads back to the page', async (name, expected) => {
    const answer = await press(`/demo/drills/${name}?lang=en`);
    expect([answer.status, answer.headers.location]).toEqual([303, '/en/']);
    expect(received).toEqual([...MEND, ...expected]);
  });

  test('leads to nowhere but the page, whatever language is asked for', async () => {
    const answer = await press('/demo/drills/recover?lang=//evil.example');
    expect(answer.headers.location).toBe('/');
  });

  test.each([
    [{}],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
  ])('is refused from elsewhere: %j', async (headers: Record<string, string>) => {
    const answer = await press('/demo/drills/recover', headers);
    expect(answer.status).toBe(403);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(received).toEqual([]);
  });

  test('is taken from an older browser that only tells its origin', async () => {
    expect((await press('/demo/drills/recover', { origin: page.url })).status).toBe(303);
  });

  test('says so when the simulators do not take it', async () => {
    answers = 500;
    const answer = await press('/demo/drills/recover');
    expect(answer.status).toBe(502);
    expect(JSON.parse(answer.text)).toMatchObject({ title: 'The simulators did not take it' });
  });

  test('is only pressed, never followed', async () => {
    const answer = await ask(`${page.url}/demo/drills/recover`);
    expect([answer.status, answer.headers.allow]).toEqual([405, 'POST']);
    expect((await press('/demo/drills/unknown')).status).toBe(404);
    expect(received).toEqual([]);
  });
});
