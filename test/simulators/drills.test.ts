import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { UNKNOWN_SPECIMEN } from '../../probes/systems/beijing/specimens.ts';
import { openLedger } from '../../simulators/ledger.ts';
import { type Simulated, startSimulated } from '../probes/simulated.ts';

let simulated: Simulated;
beforeAll(async () => {
  simulated = await startSimulated();
});
afterEach(async () => {
  await simulated.endDrills('beijing');
  await simulated.endDrills('pinduoduo');
});
afterAll(() => simulated.close());

interface Answer {
  status: number;
  type: string | null;
  simulated: string | null;
  body: Record<string, unknown>;
}

async function call(method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(`${simulated.url}${path}`, {
    method,
    ...(body === undefined
      ? {}
      : {
          headers: { 'content-type': 'application/json' },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    simulated: answer.headers.get('x-simulated'),
    body: text === '' ? {} : JSON.parse(text),
  };
}

const soon = (ms = 60_000) => new Date(simulated.clock.now() + ms).toISOString();

describe('a drill', () => {
  test('is added, listed, ended one by one and all at once', async () => {
    const added = await call('POST', '/beijing/drills', {
      kind: 'outage',
      function: 'download',
      until: '2026-03-02T10:01:00+08:00',
    });
    expect(added).toMatchObject({
      status: 201,
      simulated: 'true',
      body: {
        id: expect.stringMatching(/^[0-9a-f]{12}$/),
        system: 'beijing',
        kind: 'outage',
        function: 'download',
        from: '2026-03-02T02:00:00.000Z',
        until: '2026-03-02T02:01:00.000Z',
      },
    });
    await call('POST', '/beijing/drills', { kind: 'latency', ms: 10, until: soon() });
    const listed = await call('GET', '/beijing/drills');
    expect(listed.body.drills).toHaveLength(2);
    expect((await call('GET', '/pinduoduo/drills')).body).toEqual({ drills: [] });

    expect((await call('DELETE', `/beijing/drills/${added.body.id}`)).status).toBe(204);
    expect((await call('DELETE', `/beijing/drills/${added.body.id}`)).status).toBe(404);
    expect((await call('DELETE', '/beijing/drills')).body).toEqual({ ended: 1 });
    expect((await call('GET', '/beijing/drills')).body).toEqual({ drills: [] });
  });

  test('begins and ends at its hours, and then is gone', async () => {
    const { clock } = simulated;
    const start = clock.now();
    const query = () =>
      call('POST', '/beijing/kpfw/query', { Fphm: '1', Kprq: '1' }).catch(() => 'disturbed');
    await simulated.drill('beijing', {
      kind: 'error_code',
      code: 77,
      from: soon(10_000),
      until: soon(20_000),
    });
    const codes = [];
    for (const at of [0, 9_999, 10_000, 19_999, 20_000]) {
      clock.set(start + at);
      codes.push(((await query()) as Answer).body.code);
    }
    expect(codes).toEqual(['0', '0', '77', '77', '0']);
    expect((await call('GET', '/beijing/drills')).body).toEqual({ drills: [] });
    clock.set(start);
  });

  test('cannot begin in the past', async () => {
    const past = { kind: 'outage', from: soon(-3_600_000), until: soon() };
    const { body } = await call('POST', '/beijing/drills', past);
    expect(body.from).toBe(new Date(simulated.clock.now()).toISOString());
  });
});

const BAD: [string, string, unknown, string, string][] = [
  ['nothing', 'beijing', undefined, '', ''],
  ['no JSON', 'beijing', '{', '', ''],
  ['a list', 'beijing', [], '', ''],
  ['no kind', 'beijing', { until: 'soon' }, '/kind', 'must be one of: latency, error_code'],
  ['an unknown kind', 'beijing', { kind: 'fire', until: 'soon' }, '/kind', 'must be one of'],
  ['no end', 'beijing', { kind: 'outage' }, '/until', 'must be a time'],
  ['an end in words', 'beijing', { kind: 'outage', until: 'tomorrow' }, '/until', 'must be a time'],
  [
    'an end without zone',
    'beijing',
    { kind: 'outage', until: '2026-03-02T10:30:00' },
    '/until',
    'zone',
  ],
  [
    'an end long ago',
    'beijing',
    { kind: 'outage', until: '2020-01-01T00:00:00Z' },
    '/until',
    'future',
  ],
  [
    'an end too far',
    'beijing',
    { kind: 'outage', until: '2026-03-03T10:00:01+08:00' },
    '/until',
    '24 hours',
  ],
  [
    'a beginning after the end',
    'beijing',
    { kind: 'outage', from: '2026-03-02T12:00:00+08:00' },
    '/from',
    'before until',
  ],
  [
    'a function it has not',
    'beijing',
    { kind: 'outage', function: 'upload' },
    '/function',
    'query',
  ],
  ['a format for an outage', 'beijing', { kind: 'outage', format: 'pdf' }, '/format', 'not known'],
  ['a format that is none', 'beijing', { kind: 'html', format: 'doc' }, '/format', 'pdf'],
  ['latency without ms', 'beijing', { kind: 'latency' }, '/ms', 'expected'],
  ['latency of a day', 'beijing', { kind: 'latency', ms: 86_400_000 }, '/ms', '60000'],
  ['latency that is no integer', 'beijing', { kind: 'latency', ms: 1.5 }, '/ms', 'int'],
  ['a code that means success', 'beijing', { kind: 'error_code', code: 1 }, '/code', '2'],
  ['a sync that is slow by nothing', 'beijing', { kind: 'slow_sync', rate: 1 }, '/rate', '0.99'],
  ['a sync that is slow by how much?', 'beijing', { kind: 'slow_sync' }, '/rate', 'number'],
  ['a code in words', 'pinduoduo', { kind: 'error_code', code: 'x' }, '/code', 'expected'],
  [
    'a file drill where no files are',
    'pinduoduo',
    { kind: 'truncated' },
    '/kind',
    'must be one of',
  ],
  [
    'a stalled sync where none is',
    'pinduoduo',
    { kind: 'stalled_sync' },
    '/kind',
    'must be one of',
  ],
];

describe('a drill that is none', () => {
  test.for(BAD)('%s', async ([, system, input, pointer, detail]) => {
    const has_end = typeof input === 'object' && input !== null && !Array.isArray(input);
    const needs_end = has_end && !('until' in input) && pointer !== '/until';
    const body = needs_end ? { ...input, until: soon() } : input;
    const answer = await call('POST', `/${system}/drills`, body ?? '');
    expect(answer).toMatchObject({ status: 400, type: 'application/problem+json' });
    const errors = answer.body.errors as { pointer: string; detail: string }[];
    const named = errors.find((error) => error.pointer === pointer);
    expect(named?.detail).toContain(detail);
    expect((await call('GET', `/${system}/drills`)).body).toEqual({ drills: [] });
  });

  test('in another type, too large, or one too many', async () => {
    const form = await fetch(`${simulated.url}/beijing/drills`, {
      method: 'POST',
      body: new URLSearchParams({ kind: 'outage', until: soon() }),
    });
    expect(form.status).toBe(415);
    expect((await call('POST', '/beijing/drills', 'x'.repeat(20_000))).status).toBe(413);
    for (let i = 0; i < 100; i += 1) await simulated.drill('beijing', { kind: 'stalled_sync' });
    const more = await call('POST', '/beijing/drills', { kind: 'outage', until: soon() });
    expect(more.status).toBe(409);
  });
});

describe('a stalled sync', () => {
  const number = '26000000000000000077';
  const found = async () => {
    const asked = { Fphm: number, Kprq: '20260302100000' };
    return (await call('POST', '/beijing/kpfw/query', asked)).body.code === '1';
  };

  test('keeps invoices away for as long as it lasts, and longer by nothing', async () => {
    const { clock, folder } = simulated;
    const accepted_at = clock.now();
    const path = join(folder, 'other.ndjson');
    const entry = {
      order_sn: '77',
      serial_no: '77',
      number,
      issued: '20260302100000',
      accepted_at,
    };
    appendFileSync(path, `${JSON.stringify({ type: 'accepted', acceptance: entry })}\n`);
    const other = await startSimulated(clock, path);
    const original = simulated;
    simulated = other;
    try {
      const free_at = await firstTrue(found, accepted_at, accepted_at + 600_001);
      clock.set(accepted_at);
      await other.drill('beijing', { kind: 'stalled_sync', until: soon(1_800_000) });
      clock.set(accepted_at + 1_799_999);
      expect(await found()).toBe(false);
      const stalled_at = await firstTrue(found, accepted_at + 1_800_000, accepted_at + 2_400_001);
      expect(stalled_at - free_at).toBe(1_800_000);

      clock.set(accepted_at + 60_000);
      await other.endDrills('beijing');
      const ended_at = await firstTrue(found, accepted_at + 60_000, accepted_at + 660_001);
      expect(ended_at - free_at).toBe(60_000);
    } finally {
      simulated = original;
      await other.close();
      clock.set(accepted_at);
    }
    const kept = openLedger(path, 0);
    expect(kept.drills()).toMatchObject([{ kind: 'stalled_sync', until: accepted_at + 60_000 }]);
    kept.close();
  });

  /** The first millisecond at which the question is answered yes, by halving. */
  async function firstTrue(ask: () => Promise<boolean>, from: number, to: number): Promise<number> {
    let [no, yes] = [from - 1, to];
    while (yes - no > 1) {
      const middle = Math.floor((no + yes) / 2);
      simulated.clock.set(middle);
      if (await ask()) yes = middle;
      else no = middle;
    }
    return yes;
  }
});

test('the invoice that never exists does not, even if somebody uploads it', async () => {
  const path = join(simulated.folder, 'unknown.ndjson');
  const acceptance = { ...UNKNOWN_SPECIMEN, order_sn: '1', serial_no: '1', accepted_at: 0 };
  appendFileSync(path, `${JSON.stringify({ type: 'accepted', acceptance })}\n`);
  const other = await startSimulated(simulated.clock, path);
  const answer = await fetch(`${other.url}/beijing/kpfw/query`, {
    method: 'POST',
    body: JSON.stringify({ Fphm: UNKNOWN_SPECIMEN.number, Kprq: UNKNOWN_SPECIMEN.issued }),
  });
  expect(await answer.json()).toEqual({ code: '0' });
  await other.close();
});

test('nothing else is simulated, and the answers say that they are', async () => {
  expect(await call('GET', '/shanghai/drills')).toMatchObject({ status: 404, simulated: 'true' });
});
