import { describe, expect, test } from 'vitest';
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
});
