import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../model/vocabulary.ts';
import { measured, sendJson, startPortal } from './portal.ts';

describe('what is waited for', () => {
  const settings = `
reach:
  - get: /job
    expect: { json: { $.state: done } }
    repeat: { until: { json: { $.state: [done, failed] } }, every: 100ms, within: 2s }`;

  test('is asked for until it is there', async () => {
    const portal = await startPortal((_, response) => {
      sendJson(response, { state: portal.got.length < 3 ? 'running' : 'done' });
    });
    const site = { url: portal.url, functions: ['reach'], settings };
    expect(await measured(site, 'reach')).toMatchObject({ outcome: 'ok' });
    expect(portal.got).toHaveLength(3);
  });

  test('is not as expected when it ends otherwise', async () => {
    const portal = await startPortal((_, response) => sendJson(response, { state: 'failed' }));
    const site = { url: portal.url, functions: ['reach'], settings };
    expect(await measured(site, 'reach')).toMatchObject({
      outcome: 'system',
      detail: 'step 1: not as expected: json $.state',
    });
  });

  test('is given up in time, within the deadline of the run too', async () => {
    const portal = await startPortal((_, response) => sendJson(response, { state: 'running' }));
    const site = { url: portal.url, functions: ['reach'], settings };
    for (const deadline of ['20s', '1s']) {
      expect(await measured({ ...site, deadline }, 'reach')).toMatchObject({
        outcome: 'timeout',
        reason: 'timeout_processing',
        detail: expect.stringMatching(/^step 1: not there after \d+ looks in [012] s$/),
        // It answered all along; over plain HTTP that may have been somebody on the way.
        contact: { reach: 'redirected' },
      });
    }
  });

  const waiting = (more = '') => `
reach:
  - get: /job
    repeat: { until: { json: { $.state: done } }, every: 100ms, within: 2s${more} }`;
  /** Answers so twice, then that it is done. */
  async function startJob(status: number, body: string) {
    const portal = await startPortal((_, response) => {
      if (portal.got.length > 2) sendJson(response, { state: 'done' });
      else response.writeHead(status, { 'content-type': 'text/html' }).end(body);
    });
    return portal;
  }

  test.for<[number, string, string]>([
    [202, '', ''],
    [204, '', ''],
    [404, '{"state":"none"}', ', while: { status: 404 }'],
    [409, '{"state":"busy"}', ', while: { status: [404, 409], json: { $.state: busy } }'],
  ])('is still to come with HTTP %i', async ([status, body, more]) => {
    const portal = await startJob(status, body);
    const site = { url: portal.url, functions: ['reach'], settings: waiting(more) };
    expect(await measured(site, 'reach')).toMatchObject({ outcome: 'ok' });
    expect(portal.got).toHaveLength(3);
  });

  test.for<[number, string, string, Outcome]>([
    [404, '', '', 'system'],
    [409, '{"state":"lost"}', ', while: { status: 409, json: { $.state: busy } }', 'system'],
    [200, '<title>系统维护中</title>', '', 'maintenance'],
    [503, '<title>系统维护中</title>', ', while: { status: 503 }', 'maintenance'],
    [403, '', ', while: { status: 403 }', 'throttled'],
  ])('does not come after HTTP %i %s%s', async ([status, body, more, outcome]) => {
    const portal = await startJob(status, body);
    const site = { url: portal.url, functions: ['reach'], settings: waiting(more) };
    expect(await measured(site, 'reach')).toMatchObject({ outcome });
    expect(portal.got).toHaveLength(1);
  });

  test.for<[string, Outcome]>([
    ['<title>系统维护中</title>', 'maintenance'],
    ['<title>安全验证</title>', 'throttled'],
  ])('by words does not come after %s', async ([body, outcome]) => {
    const portal = await startJob(200, body);
    const settings = waiting().replace('json: { $.state: done }', 'text: done');
    const site = { url: portal.url, functions: ['reach'], settings };
    expect(await measured(site, 'reach')).toMatchObject({ outcome });
    expect(portal.got).toHaveLength(1);
  });

  test('may have a code of its own until then', async () => {
    const portal = await startJob(200, '{"code":"E2","state":"running"}');
    const codes = "codes: { json: $.code, ok: '0' }";
    const settings = `${codes}${waiting(', while: { json: { $.code: E2 } }')}`;
    const site = { url: portal.url, functions: ['reach'], settings };
    expect(await measured(site, 'reach')).toMatchObject({ outcome: 'ok' });
  });
});
