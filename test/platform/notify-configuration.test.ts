import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { CHANNELS } from '../../channels/index.ts';
import type { ChannelSchemas } from '../../platform/config/channels.ts';
import { ConfigurationError } from '../../platform/config/issues.ts';
import { loadConfiguration } from '../../platform/config/load.ts';
import { parseConfiguration } from '../../platform/config/parse.ts';
import { temporaryPath } from '../store/temporary.ts';
import { CONFIGURATION_HEAD } from './configuration-head.ts';

const SITE = `${CONFIGURATION_HEAD}  site:
    name: { zh-CN: 站, en: Site }
    driver: web
    environment: production
    url: https://site.example.org
checks:
  site-reach:
    system: site
    function: reach
    schedule: '*/30 * * * * *'
    deadline: 10s
`;
const SECRET = `whsec_${'A'.repeat(32)}`;

interface Reader {
  notifier?: boolean;
  demo?: boolean;
  channels?: ChannelSchemas | null;
}

function notifyOf(section: string, reader: Reader = {}) {
  const { notifier = true, demo = false, channels = CHANNELS } = reader;
  return parseConfiguration({
    text: `${SITE}notify:\n${section}`,
    file: 'my.yaml',
    demo,
    public_url: null,
    simulator_url: 'http://127.0.0.1:8090',
    env: { PASSWORD: 'hush', HOOK: SECRET, WEAK: 'whsec_AAAA' },
    ...(channels ? { channels } : {}),
    notifier,
  }).notify;
}

function problemsOf(section: string, options = {}): string[] {
  try {
    notifyOf(section, options);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    expect(error.message).not.toMatch(/hush|AAAA/);
    return error.issues.map(({ path, message }) => `${path}: ${message}`);
  }
}

const WHOLE = `
  from: status@example.org
  smtp: { host: mail.example.org, secure: true, port: 465, user: me, password: { env: PASSWORD } }
  operators:
    - { channel: email, address: ops@example.org, locale: en }
    - { channel: webhook, url: 'http://127.0.0.1:9000/hook', secret: { env: HOOK } }
  webhook: { allow: ['127.0.0.1:9000'] }
`;

/** What is so of alerts unless something else is said. */
const REMINDED = { repeat_after_ms: 30 * 60_000, escalation: null };

it('reads how people are told, with its secrets', () => {
  expect(notifyOf(WHOLE)).toEqual({
    channels: {
      log: {},
      email: {
        from: 'status@example.org',
        smtp: { host: 'mail.example.org', port: 465, secure: true, user: 'me', password: 'hush' },
      },
      webhook: { webhook: { allow: ['127.0.0.1:9000'] } },
    },
    operators: [
      { channel: 'email', address: 'ops@example.org', locale: 'en', secret: null },
      {
        channel: 'webhook',
        address: 'http://127.0.0.1:9000/hook',
        secret: SECRET,
        locale: 'zh-CN',
      },
    ],
    ...REMINDED,
  });
});

it('reads no secret in a process that does not send', () => {
  const { channels, operators } = notifyOf(WHOLE, { notifier: false });
  expect(channels.email).toMatchObject({ smtp: { user: 'me', password: null } });
  expect(operators[1]).toMatchObject({ channel: 'webhook', secret: null });
});

it('is checked by npm run check, with its secrets', () => {
  const file = join(dirname(temporaryPath()), 'my.yaml');
  const section = '  smtp: { host: mail.example.org, user: me, password: { env: NOT_HERE } }';
  writeFileSync(file, `${SITE}notify:\n${section}`);
  const command = join(import.meta.dirname, '../../platform/commands/check.ts');
  const run = spawnSync(process.execPath, [command, '--config', file], { encoding: 'utf8' });
  expect(run.stderr).toContain(
    'notify.from: is missing; expected the mailbox that mails come from',
  );
  expect(run.stderr).toContain('the environment variable NOT_HERE is not set');
  expect(run.status).toBe(2);
});

it('takes a mail server without a password in every process', () => {
  const section = '  { from: a@b.org, smtp: { host: mail.example.org } }';
  for (const notifier of [true, false]) {
    const { channels } = notifyOf(section, { notifier });
    expect(channels.email).toMatchObject({ smtp: { host: 'mail.example.org', port: 587 } });
  }
});

it('leaves it to the others in a process that tells nobody', () => {
  expect(notifyOf('  webhok: {}', { channels: null })).toEqual({
    channels: {},
    operators: [],
    repeat_after_ms: null,
    escalation: null,
  });
});

it('sends nothing when nothing is said', () => {
  expect(notifyOf('  {}')).toEqual({
    channels: { log: {}, email: {}, webhook: { webhook: { allow: [] } } },
    operators: [],
    ...REMINDED,
  });
});

it.each([
  ['  smtp: { host: mail.example.org }', 'notify.from: is missing; expected the mailbox'],
  [
    '  from: "a@example.org\\r\\nBcc: b@example.org"',
    'notify.from: expected a mailbox, such as status@example.org',
  ],
  [
    '  { from: a@b.org, smtp: { host: m.org, user: me } }',
    'notify.smtp: expected both user and password, or neither',
  ],
  [
    '  { from: a@b.org, smtp: { host: m.org, user: me, password: plain } }',
    'notify.smtp.password: is a secret; expected {env: NAME} or {file: PATH}',
  ],
  [
    '  operators: [{ channel: email, address: ops@example.org }]',
    'notify.operators.0: e-mail requires notify.smtp',
  ],
  [
    '  operators: [{ channel: pigeon }]',
    'notify.operators.0.channel: expected channel: email or channel: webhook',
  ],
  [
    '  operators: [{ channel: webhook, url: "http://10.0.0.1/", secret: { env: HOOK } }]',
    'notify.operators.0.url: expected https',
  ],
  [
    '  operators: [{ channel: webhook, url: "https://hooks.example.org/", secret: { env: WEAK } }]',
    'notify.operators.0.secret: expected a signing secret of Standard Webhooks',
  ],
  [
    '  operators: [{ channel: webhook, url: "https://hooks.example.org/", secret: { env: NONE } }]',
    'notify.operators.0.secret: the environment variable NONE is not set',
  ],
  ['  webhook: { allow: ["http://a:1"] }', 'notify.webhook.allow.0: expected host:port'],
  ['  webhok: {}', 'notify.webhok: is not a known key; did you mean "webhook"?'],
  ['  - a', 'notify: expected object'],
])('refuses%s', (section, expected) => {
  expect(problemsOf(section)).toContainEqual(expect.stringContaining(expected));
});

it('lets the demo tell by e-mail without a mail server', () => {
  const section = '  { from: a@b.org, operators: [{ channel: email, address: ops@example.org }] }';
  expect(problemsOf(section, { demo: true })).toEqual([]);
});

it.each([[[]], [['--config', 'config/example.yaml']]])('reads what comes with us: %j', (argv) => {
  const { notify } = loadConfiguration({ argv, env: {}, channels: CHANNELS });
  expect(Object.keys(notify.channels)).toEqual(Object.keys(CHANNELS));
});

it('T8: repeats alerts after half an hour, or as it is told, and escalates them', () => {
  expect(notifyOf('  operators: []')).toMatchObject({
    repeat_after_ms: 30 * 60_000,
    escalation: null,
  });
  expect(notifyOf('  repeat_after: never').repeat_after_ms).toBeNull();
  const told = notifyOf(`${WHOLE}
  repeat_after: 5m
  escalation:
    after: 15m
    operators: [{ channel: webhook, url: 'https://boss.example.org/', secret: { env: HOOK } }]
`);
  expect(told.repeat_after_ms).toBe(5 * 60_000);
  expect(told.escalation).toMatchObject({
    after_ms: 15 * 60_000,
    operators: [{ channel: 'webhook', address: 'https://boss.example.org/', secret: SECRET }],
  });
});

it.each([
  ['  repeat_after: 10s', 'notify.repeat_after: expected between 1m and 1d'],
  ['  escalation: { after: 15m }', 'notify.escalation.operators: expected at least one operator'],
  ['  escalation: { operators: [] }', 'notify.escalation.after'],
  ['  escalation: { after: 15m, operators: [{ channel: fax }] }', 'notify.escalation.operators'],
])('T8: refused: %s', (section, problem) => {
  expect(problemsOf(section).join('\n')).toContain(problem);
});
