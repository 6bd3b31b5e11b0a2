import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startWebhookReceiver } from '../../channels/webhook/simulator.ts';
import { startSmtpServer } from '../channels/smtp-server.ts';
import { CONFIGURATION_HEAD } from './configuration-head.ts';
import { dataFolder, runCommand } from './run-command.ts';

/** Runs the command on a site that answers, with this section `notify`. */
async function check(notify: string, args: readonly string[] = []) {
  const site = createServer((_, response) => response.end('<title>erp</title>'));
  await once(site.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void site.close());
  const folder = dataFolder();
  const file = join(folder, 'my.yaml');
  writeFileSync(
    file,
    `${CONFIGURATION_HEAD}  erp:
    name: { zh-CN: 财务, en: ERP }
    driver: web
    environment: production
    url: http://127.0.0.1:${(site.address() as AddressInfo).port}
checks:
  erp-reach: { system: erp, function: reach, schedule: '*/30 * * * * *', deadline: 10s }
notify:
${notify}`,
  );
  return runCommand('check.ts', folder, ['--config', file, ...args]);
}

const smtp = (port: number) =>
  `  from: status@example.org\n  smtp: { host: 127.0.0.1, port: ${port} }\n`;
const OPERATOR = '  operators: [{ channel: email, address: ops@example.org, locale: en }]\n';

test('T9: a secret that is not set is refused, as the start refuses it', async () => {
  const hook = "{ channel: webhook, url: 'https://a.example/', secret: { env: NO_SUCH_SECRET } }";
  const { code, stderr } = await check(`  operators: [${hook}]\n`);
  expect(code).toBe(2);
  expect(stderr).toContain('NO_SUCH_SECRET');
});

test('T9: a mail server that cannot be reached is said, with what to set', async () => {
  const { port, stop } = await startSmtpServer();
  await stop();
  const { code, stdout } = await check(smtp(port) + OPERATOR);
  expect(code).toBe(1);
  expect(stdout).toMatch(
    new RegExp(`^email +127\\.0\\.0\\.1:${port} +failed +.*Check notify\\.smtp\\.port`, 'm'),
  );
});

test('T9: one that can be reached is ok, and is sent nothing', async () => {
  const { port, received } = await startSmtpServer();
  const { code, stdout } = await check(smtp(port) + OPERATOR);
  expect(stdout).toMatch(/^email +127\.0\.0\.1:\d+ +ok/m);
  expect(code).toBe(0);
  expect(received).toEqual([]);
});

test('T9: --notify sends each operator a test and says what came of it', async () => {
  const { port, received } = await startSmtpServer();
  const hook = await startWebhookReceiver((response, n) =>
    response.writeHead(n === 1 ? 204 : 500).end(),
  );
  onTestFinished(hook.stop);
  vi.stubEnv('HOOK', `whsec_${'A'.repeat(32)}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  const entry = (path: string) =>
    `{ channel: webhook, url: 'http://${hook.host}/${path}', secret: { env: HOOK } }`;
  const section = `${smtp(port)}  webhook: { allow: ['${hook.host}'] }
  operators: [{ channel: email, address: ops@example.org, locale: en }, ${entry('a')}]
  escalation: { after: 10m, operators: [${entry('b')}] }
`;
  const { code, stdout } = await check(section, ['--notify']);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^email +example\.org +ok/m);
  expect(stdout.match(/^webhook +127\.0\.0\.1:\d+ +ok/gm)).toHaveLength(1);
  expect(stdout).toMatch(/^webhook +127\.0\.0\.1:\d+ +failed +HTTP 500/m);
  expect(stdout).not.toContain('/a');
  expect(received.map(({ subject }) => subject)).toEqual(['Test message']);
  expect(JSON.parse(hook.received[0]?.body ?? '')).toMatchObject({
    type: 'alert.test',
    data: { title: '测试通知' },
  });
});
