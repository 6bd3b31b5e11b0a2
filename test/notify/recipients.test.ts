import { expect, test } from 'vitest';
import { createRecipients } from '../../notify/recipients.ts';
import { SIGNER } from './samples.ts';

/** Of `sha256sum` (coreutils): the first 12 digits of channel, space and address. */
const KNOWN = [
  ['email', 'ops@example.invalid', 'operator-065beb2af211'],
  ['webhook', 'https://hooks.example.invalid/a', 'operator-28d5e3a300ac'],
] as const;

test('an operator keeps the id by which deliveries name her, whoever else is there', () => {
  const operators = KNOWN.map(([channel, address]) => ({
    channel,
    address,
    locale: 'zh-CN' as const,
    secret: null,
  }));
  for (const listed of [operators, operators.toReversed()]) {
    const recipients = createRecipients({
      store: { subscriber: async () => null },
      operators: listed,
      page: { public_url: 'https://status.example.org', languages: ['zh-CN', 'en'] },
      signer: SIGNER,
    });
    const [log, ...rest] = recipients.operators.map(({ id }) => id);
    expect(log).toBe('operators');
    expect(rest.toSorted()).toEqual(KNOWN.map(([, , id]) => id).toSorted());
  }
});
