import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../../model/time.ts';
import { deliverEach } from '../../store/deliver-each.ts';
import { ask } from '../request.ts';
import { NOW } from '../site.ts';
import { aPlan, call, iso, type Office, openOffice } from './office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const announced = () => call(office, 'POST', '', aPlan({ announce: true }));

/** Kinds of the notices that the notifier will find, oldest first. */
async function told(): Promise<string[]> {
  const operators = [{ id: 'all', channel: 'log' }];
  const delivered = await deliverEach(office.site.store, office.clock.now(), operators);
  return delivered.map(({ notice }) => notice.kind);
}

describe('a maintenance from its announcement to its end', () => {
  test('is created, told, started, extended, ended; each step is kept', async () => {
    const created = await announced();
    expect(created.status).toBe(201);
    expect(created.json).toMatchObject({
      ...aPlan(),
      status: 'scheduled',
      revision: 1,
      notice_seconds: 86_400,
      published_at: iso(NOW),
      actual_from: null,
      url: `https://status.example.invalid/zh-CN/maintenances/${created.json.id}`,
      updates: [{ code: 'announced', status: 'scheduled', text: null }],
    });
    const { id } = created.json;

    office.clock.set(NOW + 2 * DAY - 10 * MINUTE);
    const started = await call(office, 'POST', `/${id}/start`, {
      text: { 'zh-CN': '提前开始。', en: 'Early.' },
    });
    expect(started.json).toMatchObject({
      status: 'in_progress',
      actual_from: iso(NOW + 2 * DAY - 10 * MINUTE),
    });

    office.clock.set(NOW + 2 * DAY + HOUR);
    const until = iso(NOW + 2 * DAY + 4 * HOUR);
    const extended = await call(office, 'POST', `/${id}/extend`, { announced_until: until });
    expect(extended.json).toMatchObject({
      status: 'in_progress',
      announced_until: until,
      expected_recovery_at: until,
      revision: 2,
    });

    office.clock.set(NOW + 2 * DAY + 3 * HOUR);
    const ended = await call(office, 'POST', `/${id}/end`);
    expect(ended.json).toMatchObject({
      status: 'verifying',
      actual_until: iso(NOW + 2 * DAY + 3 * HOUR),
    });
    expect(ended.json.updates?.map(({ code }) => code)).toEqual([
      'announced',
      'started',
      'extended',
      'ended',
    ]);
    expect((await call(office, 'GET', `/${id}`)).json).toEqual(ended.json);
    expect(await office.site.reader.changeSeq()).toBeGreaterThanOrEqual(4);
  });

  test('as a draft is told to nobody until it is announced', async () => {
    const { json, status } = await call(office, 'POST', '', aPlan());
    expect([status, json.status, json.url, json.updates]).toEqual([201, 'draft', null, []]);
    expect(await told()).toEqual([]);
    const published = await call(office, 'POST', `/${json.id}/announce`);
    expect(published.json).toMatchObject({ status: 'scheduled', published_at: iso(NOW) });
    expect(await told()).toEqual(['maintenance_announced']);
  });

  test('is revised as a whole, commented and cancelled, and each is told', async () => {
    const { id } = (await announced()).json;
    const plan = aPlan({ components: ['beijing.query'] });
    office.clock.set(NOW + SECOND);
    const revised = await call(office, 'PUT', `/${id}`, plan);
    expect(revised.json).toMatchObject({ components: ['beijing.query'], revision: 2 });
    office.clock.set(NOW + 2 * SECOND);
    const words = { 'zh-CN': '一切就绪。', en: 'All set.' };
    const commented = await call(office, 'POST', `/${id}/updates`, { text: words });
    expect(commented.json.updates?.at(-1)).toMatchObject({ code: 'text', text: words });
    office.clock.set(NOW + 3 * SECOND);
    const cancelled = await call(office, 'POST', `/${id}/cancel`);
    expect(cancelled.json.status).toBe('cancelled');
    expect(await told()).toEqual([
      'maintenance_announced',
      'maintenance_updated',
      'maintenance_updated',
      'maintenance_cancelled',
    ]);
  });
});

describe('the list', () => {
  test('has the newest start first and can be narrowed', async () => {
    const first = await announced();
    const later = { announced_until: iso(NOW + 9 * DAY), expected_recovery_at: iso(NOW + 9 * DAY) };
    const draft = await call(
      office,
      'POST',
      '',
      aPlan({ announced_from: iso(NOW + 8 * DAY), ...later }),
    );
    const ids = async (query: string) =>
      ((await call(office, 'GET', query)).json.maintenances as { id: string }[]).map(
        ({ id }) => id,
      );
    expect(await ids('')).toEqual([draft.json.id, first.json.id]);
    expect(await ids('?limit=1')).toEqual([draft.json.id]);
    expect(await ids('?status=scheduled')).toEqual([first.json.id]);
    expect(await ids('?status=scheduled&status=draft')).toEqual([draft.json.id, first.json.id]);
  });

  test.each([
    ['?limit=0', 'limit'],
    ['?limit=x', 'limit'],
    ['?status=gone', 'status'],
  ])('refuses %s and names the parameter', async (query, parameter) => {
    const { status, json } = await call(office, 'GET', query);
    expect([status, json.errors?.[0]?.parameter]).toEqual([422, parameter]);
  });
});

describe('asking twice', () => {
  test('creates once with the same key, also at the same time', async () => {
    const key = { 'idempotency-key': 'deploy-42' };
    const body = aPlan({ announce: true });
    const answers = await Promise.all([1, 2, 3].map(() => call(office, 'POST', '', body, key)));
    expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 201]);
    expect(await told()).toEqual(['maintenance_announced']);
    const other = await call(office, 'POST', '', body, { 'idempotency-key': 'deploy-43' });
    expect([other.status, other.json.id === answers[0]?.json.id]).toEqual([201, false]);
  });

  test('posts words once with the same key', async () => {
    const { id } = (await announced()).json;
    const body = { text: { 'zh-CN': '进展', en: 'Progress' } };
    const key = { 'idempotency-key': 'a' };
    await call(office, 'POST', `/${id}/updates`, body, key);
    office.clock.set(NOW + SECOND);
    const again = await call(office, 'POST', `/${id}/updates`, body, key);
    expect([again.status, again.json.updates?.length]).toEqual([200, 2]);
    // A key belongs to what it was sent with.
    const cancelled = await call(office, 'POST', `/${id}/cancel`, undefined, key);
    expect(cancelled.json.status).toBe('cancelled');
  });

  test('starts, extends, ends and cancels once without any key', async () => {
    const { id } = (await announced()).json;
    const until = { announced_until: iso(NOW + 3 * DAY) };
    for (const [path, body] of [
      ['start', undefined],
      ['extend', until],
      ['end', undefined],
    ] as const) {
      office.clock.set(office.clock.now() + MINUTE);
      const first = await call(office, 'POST', `/${id}/${path}`, body);
      office.clock.set(office.clock.now() + MINUTE);
      const second = await call(office, 'POST', `/${id}/${path}`, body);
      expect([path, first.status, second.status]).toEqual([path, 200, 200]);
      expect(second.json).toEqual(first.json);
    }
  });

  test('revises once: the same plan is no new revision', async () => {
    const { id } = (await announced()).json;
    const plan = aPlan({ components: ['beijing.download', 'beijing.query'] });
    expect((await call(office, 'PUT', `/${id}`, plan)).json).toMatchObject({ revision: 1 });
  });
});

describe('two at once', () => {
  test('who saw an older version is told so and changes nothing', async () => {
    const created = await announced();
    const { id } = created.json;
    const seen = { 'if-match': String(created.headers.etag) };
    office.clock.set(NOW + SECOND);
    const first = await call(
      office,
      'PUT',
      `/${id}`,
      aPlan({ components: ['beijing.query'] }),
      seen,
    );
    expect(first.status).toBe(200);
    const second = await call(office, 'POST', `/${id}/cancel`, undefined, seen);
    expect([second.status, second.json.title]).toEqual([412, 'It is not as you saw it']);
    expect((await call(office, 'GET', `/${id}`)).json).toEqual(first.json);
    // What changed since it was seen, and the version to go on from.
    expect(second.json.differences).toEqual([
      {
        pointer: '#/components',
        seen: ['beijing.download', 'beijing.query'],
        current: ['beijing.query'],
        changed_by: 'theirs',
      },
    ]);
    const now = { 'if-match': String(second.headers.etag) };
    expect((await call(office, 'POST', `/${id}/cancel`, undefined, now)).json.status).toBe(
      'cancelled',
    );
  });

  test('a refused revision names each field, what it was, is, and was to be', async () => {
    const created = await announced();
    const { id } = created.json;
    const seen = { 'if-match': String(created.headers.etag) };
    const end = (hours: number) => ({
      announced_until: iso(NOW + 2 * DAY + hours * HOUR),
      expected_recovery_at: iso(NOW + 2 * DAY + 6 * HOUR),
    });
    const texts = (en: string) => ({ ...aPlan().texts, title: { 'zh-CN': '升级下载服务', en } });
    office.clock.set(NOW + SECOND);
    await call(office, 'PUT', `/${id}`, aPlan(end(5)));
    const plan = aPlan({ ...end(4), texts: texts('Upgrade'), components: ['beijing.query'] });
    const refused = await call(office, 'PUT', `/${id}`, plan, seen);
    expect([refused.status, refused.json.detail]).toEqual([
      412,
      'It is “scheduled”. See the differences, then send the ETag of this answer.',
    ]);
    expect(refused.json.differences).toEqual([
      {
        pointer: '#/components',
        seen: ['beijing.download', 'beijing.query'],
        current: ['beijing.download', 'beijing.query'],
        sent: ['beijing.query'],
        changed_by: 'mine',
      },
      {
        pointer: '#/announced_until',
        seen: iso(NOW + 2 * DAY + 2 * HOUR),
        current: iso(NOW + 2 * DAY + 5 * HOUR),
        sent: iso(NOW + 2 * DAY + 4 * HOUR),
        changed_by: 'both',
      },
      {
        pointer: '#/texts/title/en',
        seen: 'Upgrade of downloads',
        current: 'Upgrade of downloads',
        sent: 'Upgrade',
        changed_by: 'mine',
      },
    ]);
    // An ETag of another form says no revision: what was seen is not known.
    const older = { 'if-match': `"${NOW}"` };
    const vague = await call(office, 'PUT', `/${id}`, aPlan(end(4)), older);
    expect([vague.status, vague.json.differences]).toEqual([
      412,
      [
        {
          pointer: '#/announced_until',
          current: iso(NOW + 2 * DAY + 5 * HOUR),
          sent: iso(NOW + 2 * DAY + 4 * HOUR),
          changed_by: 'both',
        },
      ],
    ]);
  });

  test('commands at the same time are all done, one after the other', async () => {
    const { id } = (await announced()).json;
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((letter) =>
        call(office, 'POST', `/${id}/updates`, { text: { 'zh-CN': letter, en: letter } }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await call(office, 'GET', `/${id}`)).json.updates).toHaveLength(5);
  });
});

describe('bad input is refused by name and nothing is kept', () => {
  const text = (title: unknown) => ({ texts: { ...aPlan().texts, title } });
  test.each<[string, Record<string, unknown>, string, RegExp]>([
    ['a start in the past', { announced_from: iso(NOW - HOUR) }, '#/announced_from', /after now/],
    [
      'an end before the start',
      { announced_until: iso(NOW + DAY) },
      '#/announced_until',
      /after the start/,
    ],
    [
      'recovery before the end',
      { expected_recovery_at: iso(NOW + 2 * DAY + HOUR) },
      '#/expected_recovery_at',
      /end/,
    ],
    ['no scope', { components: [] }, '#/components', /at least one function/],
    [
      'an unknown function',
      { components: ['beijing.issue'] },
      '#/components',
      /no function beijing\.issue/,
    ],
    [
      'a time without a zone',
      { announced_from: '2026-12-01T22:00:00' },
      '#/announced_from',
      /with its zone/,
    ],
    ['a time that is none', { announced_until: 'tomorrow' }, '#/announced_until', /with its zone/],
    ['one language only', text({ 'zh-CN': '升级' }), '#/texts/title/en', /string/],
    ['an empty text', text({ 'zh-CN': '升级', en: ' ' }), '#/texts/title/en', /Expected a text/],
    [
      'a title too long',
      text({ 'zh-CN': '升'.repeat(121), en: 'x' }),
      '#/texts/title/zh-CN',
      /120 characters/,
    ],
    [
      'a control character',
      text({ 'zh-CN': '升级\u0007', en: 'x' }),
      '#/texts/title/zh-CN',
      /cannot be shown/,
    ],
    ['a misspelt field', { anounce: true }, '#', /anounce/],
  ])('%s', async (_, given, pointer, detail) => {
    const { status, json, headers } = await call(
      office,
      'POST',
      '',
      aPlan({ announce: true, ...given }),
    );
    expect(status).toBe(422);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(json.errors).toContainEqual({ pointer, detail: expect.stringMatching(detail) });
    expect((await call(office, 'GET', '')).json.maintenances).toEqual([]);
  });

  test('every problem at once', async () => {
    const { json } = await call(
      office,
      'POST',
      '',
      aPlan({ components: ['beijing.issue'], announced_from: iso(NOW - 1) }),
    );
    expect(json.errors?.map(({ pointer }) => pointer)).toEqual([
      '#/components',
      '#/announced_from',
    ]);
  });

  test('what its status does not allow', async () => {
    const { id } = (await announced()).json;
    const ended = await call(office, 'POST', `/${id}/end`);
    expect([ended.status, ended.json.detail]).toEqual([
      409,
      'It is “scheduled”; this can be done only when it is: in_progress, overrun.',
    ]);
    await call(office, 'POST', `/${id}/cancel`);
    expect(
      (await call(office, 'PUT', `/${id}`, aPlan({ components: ['beijing.sync'] }))).status,
    ).toBe(409);
  });

  test('an end that is no later', async () => {
    const { id } = (await announced()).json;
    await call(office, 'POST', `/${id}/start`);
    const { status, json } = await call(office, 'POST', `/${id}/extend`, {
      announced_until: iso(NOW + 2 * DAY),
    });
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, '#/announced_until']);
  });

  test('what is no JSON, not declared so, too large, or nowhere', async () => {
    expect((await call(office, 'POST', '', '{"components":')).status).toBe(400);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await call(office, 'POST', '', 'a=b', form)).status).toBe(415);
    expect(
      (await call(office, 'POST', '', JSON.stringify({ a: 'x'.repeat(270_000) }))).status,
    ).toBe(413);
    expect((await call(office, 'GET', '/nowhere00000')).status).toBe(404);
    expect((await call(office, 'POST', '/nowhere00000/start')).status).toBe(404);
    const { id } = (await announced()).json;
    const key = { 'idempotency-key': 'with space' };
    const spaced = await call(office, 'POST', `/${id}/cancel`, undefined, key);
    expect([spaced.status, spaced.json.errors?.[0]?.header]).toEqual([422, 'idempotency-key']);
    const version = await call(office, 'POST', `/${id}/cancel`, undefined, { 'if-match': 'W/"x"' });
    expect([version.status, version.json.errors?.[0]?.header]).toEqual([422, 'if-match']);
  });

  test.each([
    ['DELETE', '', 'GET, HEAD, POST'],
    ['DELETE', '/abc123def456', 'GET, HEAD, PUT'],
    ['GET', '/abc123def456/start', 'POST'],
    ['PUT', '/abc123def456/updates', 'POST'],
  ])('%s of "%s" names what is allowed', async (method, path, allow) => {
    const { status, headers } = await call(office, method, path);
    expect([status, headers.allow]).toEqual([405, allow]);
  });
});

describe('who may', () => {
  const bare = (headers: Record<string, string>) =>
    ask(`${office.url}/api/v1/maintenances`, { headers });

  test('nobody without the token, and nothing is said of what is there', async () => {
    for (const authorization of ['', 'Bearer', 'Bearer x', `Basic ${office.token}`]) {
      const { status, headers, text } = await bare({ authorization });
      expect([authorization, status]).toEqual([authorization, 401]);
      expect(headers['www-authenticate']).toContain('Bearer realm="piaokuang"');
      expect(JSON.parse(text).title).toBe("The administrator's token is needed");
    }
    const created = await ask(`${office.url}/api/v1/maintenances`, {
      method: 'POST',
      body: 'not even JSON',
    });
    expect(created.status).toBe(401);
  });

  test('D8: a guesser waits, and who has the token never does, from the same address', async () => {
    const guess = () => bare({ authorization: 'Bearer guess' });
    for (let i = 0; i < 3; i += 1) expect((await guess()).status).toBe(401);
    const held = Promise.allSettled(Array.from({ length: 5 }, guess));
    await expect.poll(async () => (await guess()).status).toBe(429);
    const refused = await guess();
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '8']);
    expect((await call(office, 'GET', '')).status).toBe(200);
    // The right one ends the row of failures.
    expect((await guess()).status).toBe(401);
    await office.close();
    await held;
    office = await openOffice();
  });

  test('a new token makes the old one void', async () => {
    const renewed = await office.site.store.renewAdminToken();
    expect((await call(office, 'GET', '')).status).toBe(401);
    expect((await call({ ...office, token: renewed }, 'GET', '')).status).toBe(200);
  });
});
