import type { AddressField } from '../kit/channel.ts';
import { endpointOf, readWebhookAddress } from './address.ts';
import type { WebhookSettings } from './settings.ts';

export const webhookField: AddressField<WebhookSettings> = {
  name: 'url',
  type: 'url',
  read: (text, { webhook }) => readWebhookAddress(text, webhook.allow),
  receiver: endpointOf,
};
