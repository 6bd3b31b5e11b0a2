import type zhCN from './zh-CN.ts';

export default {
  name: 'Webhook (for programs)',
  label: 'Receiving address',
  hint:
    'An https address; messages are sent by POST and signed by Standard Webhooks. ' +
    'The first one holds the link to confirm.',
  secret: 'Signing secret',
  secret_about:
    'Shown this once; keep it now. With it you verify the signature of every message ' +
    '(Standard Webhooks).',
  'problem.missing': 'Enter the receiving address.',
  'problem.not_an_address':
    'This is no web address. Enter one such as https://example.com/hook, ' +
    'of at most 500 characters.',
  'problem.credentials': 'The address must not hold a user name or password.',
  'problem.not_https': 'Only addresses that begin with https are accepted.',
  'problem.port_not_allowed': 'Only the ports 443 and 8443 are accepted.',
  'problem.not_public': 'This address is in a private network; we only send to public ones.',
} satisfies Record<keyof typeof zhCN, string>;
