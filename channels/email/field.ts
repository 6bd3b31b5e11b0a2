import type { AddressField } from '../kit/channel.ts';
import { mailboxOf, readMailbox } from './address.ts';

export const emailField: AddressField = {
  name: 'email',
  type: 'email',
  read: readMailbox,
  receiver: mailboxOf,
};
