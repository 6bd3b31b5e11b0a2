import { randomBytes } from 'node:crypto';

/** As Standard Webhooks writes it: 24 to 64 random bytes in base64 behind `whsec_`. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
