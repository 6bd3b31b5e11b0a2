import { randomBytes } from 'node:crypto';

/** A secret in the format of Standard Webhooks: `whsec_` and 24 to 64 random bytes in base64. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
