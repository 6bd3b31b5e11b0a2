import { expect, onTestFinished, test } from 'vitest';
import { SECOND } from '../../model/time.ts';
import { loadPayload } from '../../notify/payload.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { temporaryPath } from '../store/temporary.ts';
import { anAlert, NOTICE, START } from './samples.ts';

const at = (seconds: number) => START + seconds * SECOND;

/** What a notice says of an alert that was acknowledged at 10 s and resolved at 20 s. */
async function told(kind: 'alert_opened' | 'alert_resolved', seconds: number) {
  const store = await openStore({ path: temporaryPath() });
  onTestFinished(() => store.close());
  const alert = anAlert({ acknowledged_at: at(10), resolved_at: at(20), resolved_since: at(18) });
  await store.record({ alerts: [alert] });
  const notice = { ...NOTICE, kind, ref: alert.id, update: null, created_at: at(seconds) };
  const payload = await loadPayload(store, notice);
  if (payload?.subject !== 'alert') throw new Error('no alert');
  const { acknowledged_at, resolved_at, resolved_since } = payload.alert;
  return { acknowledged_at, resolved_at, resolved_since };
}

test('a notice that is sent late says what was known when it was made', async () => {
  expect(await told('alert_opened', 0)).toEqual({
    acknowledged_at: null,
    resolved_at: null,
    resolved_since: null,
  });
  expect(await told('alert_resolved', 20)).toEqual({
    acknowledged_at: at(10),
    resolved_at: at(20),
    resolved_since: at(18),
  });
});

test('an alert that was acknowledged by then is told as that', async () => {
  expect((await told('alert_opened', 10)).acknowledged_at).toBe(at(10));
  expect((await told('alert_opened', 9)).acknowledged_at).toBeNull();
});
