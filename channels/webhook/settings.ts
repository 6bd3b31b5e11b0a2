import { z } from 'zod';
import type { SettingsContext } from '../kit/channel.ts';
import { secret } from '../kit/secret.ts';

const RECEIVER = z
  .string()
  .regex(
    /^([a-z0-9.-]+|\[[0-9a-f:]+\]):\d{1,5}$/,
    'expected host:port in lower case, such as 127.0.0.1:9000',
  );

/** `allow`: `host:port` of receivers that may be private and use plain HTTP. */
export const webhookSettings = () =>
  z.object({
    webhook: z.strictObject({ allow: z.array(RECEIVER).default([]) }).default({ allow: [] }),
  });
export type WebhookSettings = z.infer<ReturnType<typeof webhookSettings>>;

/** Keys of an operator's receiver, with the secret it already has. */
export const webhookOperator = (context: SettingsContext) => ({
  url: z.string(),
  secret: secret(
    'expected a signing secret of Standard Webhooks: whsec_ and at least 24 bytes in base64',
    /^whsec_[A-Za-z0-9+/]{32,128}={0,2}$/,
    context,
  ),
});
