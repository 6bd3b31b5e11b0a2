import type { Channel } from '../kit/channel.ts';
import { type WebhookAddressProblem, webhookAddressProblem } from './address.ts';
import { webhookField } from './field.ts';
import { newWebhookSecret } from './secret.ts';
import { type WebhookSettings, webhookOperator, webhookSettings } from './settings.ts';
import { webhookWords } from './words/index.ts';

/** Posts JSON signed according to Standard Webhooks. */
export const webhook: Channel<WebhookSettings> = {
  settings: webhookSettings,
  missing: () => null,
  operator: {
    keys: webhookOperator,
    address: 'url',
    problem(url, { webhook: { allow } }) {
      const problem = webhookAddressProblem(url, allow);
      return problem && EXPECTED[problem];
    },
  },
  field: webhookField,
  newSecret: newWebhookSecret,
  words: webhookWords,
  openSender: async (parts) => (await import('./send.ts')).createWebhookSender(parts),
  openSimulator: async () => (await import('./simulator.ts')).simulateWebhook(),
};

const EXPECTED: Record<WebhookAddressProblem, string> = {
  not_an_address: 'expected an https address of at most 500 characters',
  credentials: 'expected an address without user and password',
  not_https: 'expected https; http is for receivers in notify.webhook.allow',
  port_not_allowed: 'expected port 443 or 8443; others are for receivers in notify.webhook.allow',
  not_public: 'expected a public address; private ones are for receivers in notify.webhook.allow',
};
