import type { Store } from '../../../store/store.ts';
import { subscriber } from '../../model/builders.ts';
import { PAGE_AND_LINE, simulatedSystems } from '../config.ts';
import { NOBODY } from './mail-server.ts';
import type { HostName } from './webhook-hosts.ts';

/** Who is told, and the configuration of the notifier that tells them. */

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
export const SECRETS = { OPERATOR_SECRET: SECRET };

export const MAIL_OPERATOR = 'on-call@example.com';
export const HOOK_OPERATOR = 'hookoperator';

/** By address. */
export const MAIL_READERS = {
  'wang@example.com': subscriber({ id: 'mail00000001', address: 'wang@example.com' }),
  'li@example.com': subscriber({ id: 'mail00000002', address: 'li@example.com', locale: 'en' }),
  'sato@example.com': subscriber({ id: 'mail00000003', address: 'sato@example.com', locale: 'ja' }),
  [NOBODY]: subscriber({ id: 'mail00000004', address: NOBODY, locale: 'en' }),
};

/** The id of who has a webhook at a host. */
export function readerAt(name: HostName): string {
  return `hook${name.padStart(8, '0')}`;
}

interface Addresses {
  smtp_port: number;
  operator: string;
  allowed: readonly string[];
}

export function tellingConfig({ smtp_port, operator, allowed }: Addresses): string {
  return `${PAGE_AND_LINE}systems:
${simulatedSystems('http://127.0.0.1:1')}checks:
  query: { system: beijing, function: query, schedule: '0 * * * * *', deadline: 900ms }
notify:
  from: status@example.org
  smtp: { host: 127.0.0.1, port: ${smtp_port} }
  operators:
    - { channel: email, address: ${MAIL_OPERATOR}, locale: en }
    - channel: webhook
      url: ${operator}
      secret: { env: OPERATOR_SECRET }
  webhook: { allow: [${allowed.map((it) => `'${it}'`).join(', ')}] }
`;
}

/** Everybody has asked and confirmed; that they are subscribed is a message of its own. */
export async function subscribeAll(
  store: Store,
  hosts: readonly { who: string; url: string }[],
): Promise<void> {
  const now = Date.now();
  const by_hook = hosts.map(({ who: id, url }) =>
    subscriber({ id, channel: 'webhook', address: url, secret: SECRET, locale: 'en' }),
  );
  for (const it of [...Object.values(MAIL_READERS), ...by_hook]) {
    const asked = { id: `asked-${it.id}`, kind: 'subscription_requested', update: null } as const;
    await store.subscribe(
      { ...it, status: 'pending', created_at: now },
      { ...asked, created_at: now },
    );
    await store.confirmSubscriber(it.id, it.nonce, now);
  }
}
