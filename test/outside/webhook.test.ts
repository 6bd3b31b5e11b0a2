import { expect, onTestFinished, test } from 'vitest';
import { newWebhookSecret } from '../../channels/webhook/secret.ts';
import { startWebhookReceiver } from '../../channels/webhook/simulator.ts';
import { createRender } from '../../notify/rendering/render.ts';
import { openSenders } from '../../notify/senders.ts';
import { aSubscriber, configurationOf, INCIDENT, SIGNER } from '../notify/samples.ts';
import { startNotifier } from '../notify/site.ts';
import { quiet } from '../platform/quiet.ts';
import { runPython } from './python.ts';

/** Interface: signatures of webhooks. Outside: the package of Standard Webhooks for Python. */

const SECRET = newWebhookSecret();

/** A webhook as it reached its receiver. */
async function received() {
  const receiver = await startWebhookReceiver();
  onTestFinished(receiver.stop);
  const configuration = configurationOf({ webhook: { allow: [receiver.host] } });
  const render = createRender(configuration, SIGNER);
  const { dispatch, time } = await startNotifier({
    senders: ({ clock }) => openSenders({ configuration, data_dir: '', render, clock, log: quiet }),
    subscribers: [aSubscriber({ channel: 'webhook', address: receiver.url, secret: SECRET })],
  });
  // Signatures are good for five minutes.
  time.now = Date.now();
  await dispatch();
  const [hook] = receiver.received;
  if (!hook) throw new Error('nothing came');
  return { secret: SECRET, body: hook.body, headers: hook.headers };
}

const verify = (hook: Awaited<ReturnType<typeof received>>) =>
  runPython(['verify_webhook.py'], { input: JSON.stringify(hook) });

test('the signature of a webhook is verified by others', async () => {
  const hook = await received();
  expect(JSON.parse(await verify(hook))).toMatchObject({
    type: 'incident.opened',
    data: { incident: { id: INCIDENT.id } },
  });
  const changed = { ...hook, body: hook.body.replace('incident.opened', 'incident.over') };
  await expect(verify(changed)).rejects.toThrow('WebhookVerificationError');
  await expect(verify({ ...hook, secret: newWebhookSecret() })).rejects.toThrow(
    'WebhookVerificationError',
  );
});
