import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDrills } from '../../status-page/demo/drills.ts';
import { type Simulated, startSimulated } from '../probes/simulated.ts';
import { ask } from './request.ts';
import { fakeClock, NOW, openSite, siteConfiguration, startPage } from './site.ts';
import { usePage } from './use-page.ts';

const OURS = {
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/x-www-form-urlencoded',
};

let simulated: Simulated;

beforeEach(async () => {
  simulated = await startSimulated({ ...fakeClock(), set() {} });
});
afterEach(() => simulated.close());

const SYSTEMS = siteConfiguration().systems.filter(({ neutral }) => !neutral);
const page = usePage({
  drills: (clock) =>
    createDrills({
      systems: SYSTEMS.map((it) => ({
        ...it,
        environment: 'simulator',
        url: `${simulated.url}/${it.id}`,
      })),
      clock,
    }),
});

const show = () => ask(`${page.url}/en/demo/drills`);

function send(
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = OURS,
) {
  const body = new URLSearchParams(fields).toString();
  return ask(`${page.url}${path}`, { method: 'POST', headers, body });
}

async function running(system: string): Promise<Record<string, unknown>[]> {
  const answer = await fetch(`${simulated.url}/${system}/drills`);
  return ((await answer.json()) as { drills: Record<string, unknown>[] }).drills;
}

/** As the browser sends it: fields of other kinds too. */
const ALL = { function: '', format: '', ms: '2000', code: '52102', rate: '0.2', minutes: '5' };

describe('the page of drills', () => {
  test('offers each system what it can play, and nothing is on', async () => {
    const { status, text, headers } = await show();
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    expect(text).toContain('No drill is under way.');
    expect(text.match(/<option value="stalled_sync"/g)).toHaveLength(1);
    expect(text.match(/<option value="outage"/g)).toHaveLength(2);
  });

  test.each([
    ['beijing', { kind: 'latency', function: 'download' }, { ms: 2_000, function: 'download' }],
    ['beijing', { kind: 'stalled_sync' }, {}],
    ['beijing', { kind: 'slow_sync' }, { rate: 0.2 }],
    ['beijing', { kind: 'flipped', format: 'ofd' }, { format: 'ofd' }],
    ['pinduoduo', { kind: 'error_code' }, { code: 52_102 }],
    ['pinduoduo', { kind: 'outage', function: 'upload' }, { function: 'upload' }],
  ])('starts at %s %j and lists it until it is stopped', async (system, given, expected) => {
    const started = await send('/en/demo/drills', { ...ALL, system, ...given });
    expect([started.status, started.headers.location]).toEqual([303, '/en/demo/drills']);
    const until = new Date(NOW + 5 * 60_000).toISOString();
    const [drill] = await running(system);
    expect(drill).toMatchObject({ kind: given.kind, until, ...expected });
    const { text } = await show();
    expect(text).toContain(`value="${drill?.id}"`);
    expect(text).not.toContain('No drill is under way.');

    const ended = await send('/en/demo/drills/end', { system, id: String(drill?.id) });
    expect([ended.status, ended.headers.location]).toEqual([303, '/en/demo/drills']);
    expect(await running(system)).toEqual([]);
    // Pressed twice, it has ended all the same.
    expect((await send('/en/demo/drills/end', { system, id: String(drill?.id) })).status).toBe(303);
  });

  test.each([
    [{ kind: 'latency', ms: '<b>' }, 'ms'],
    [{ kind: 'latency', minutes: '0' }, 'until'],
    [{ kind: 'outage', minutes: '1e99' }, 'until'],
    [{ kind: 'unheard-of' }, 'kind'],
    [{ kind: 'outage', system: 'elsewhere' }, 'no such simulated system'],
  ])('says what is wrong with %j', async (given, named) => {
    const answer = await send('/en/demo/drills', { ...ALL, system: 'beijing', ...given });
    expect(answer.status).toBe(422);
    expect(answer.text).toMatch(new RegExp(`Not started: [^<]*${named}`));
    expect(await running('beijing')).toEqual([]);
  });

  test('takes nothing from another site', async () => {
    const elsewhere = { ...OURS, 'sec-fetch-site': 'cross-site' };
    const drill = { ...ALL, system: 'beijing', kind: 'outage' };
    expect((await send('/en/demo/drills', drill, elsewhere)).status).toBe(403);
    await send('/en/demo/drills', drill);
    const [{ id } = {}] = await running('beijing');
    const end = { system: 'beijing', id: String(id) };
    expect((await send('/en/demo/drills/end', end, elsewhere)).status).toBe(403);
    expect(await running('beijing')).toHaveLength(1);
  });

  test('says so when the simulators are away', async () => {
    await simulated.close();
    expect((await show()).status).toBe(502);
    simulated = await startSimulated();
  });

  test('is not there outside the demo', async () => {
    const plain_site = await openSite(siteConfiguration({ demo: false }));
    const plain = await startPage({ site: plain_site, clock: fakeClock() });
    for (const path of ['/en/demo/drills', '/demo/drills/slow-download', '/en/demo/mailbox']) {
      expect([path, (await ask(plain.url + path)).status]).toEqual([path, 404]);
    }
    await plain.stop();
    await plain_site.close();
  });
});
