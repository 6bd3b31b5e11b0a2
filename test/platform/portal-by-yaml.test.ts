import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { specimenFile, specimenInvoice } from '../../probes/specimen/index.ts';
import { sendJson, startPortal } from '../probes/http/portal.ts';
import { ROOT, read } from '../tidy/repository.ts';

/** The first system that docs/http-driver.md describes, with the page around it. */
const [, PORTAL = ''] = /```yaml\n(.*?)```/s.exec(read('docs/http-driver.md')) ?? [];
const AROUND = `page:
  operator: { zh-CN: 我公司, en: My company }
  title: { zh-CN: 我们的系统, en: Our systems }
  contact: me@example.org
  public_url: http://127.0.0.1:8080
lines: { office: { name: { zh-CN: 办公室, en: Office } } }
`;
const { known } = parse(PORTAL).systems.portal.settings;

/** What the documentation says of the portal: a token, and addresses of invoices and files. */
async function startDocumented(): Promise<string> {
  const file = specimenFile('pdf', specimenInvoice(known.number, known.issued));
  const portal = await startPortal(({ method, url, headers }, response) => {
    if (headers.authorization !== 'Bearer t0ken') return sendJson(response, {}, 401);
    const is_known = method === 'GET' && url.startsWith(`/api/invoices/${known.number}`);
    if (!is_known) return sendJson(response, { error: 'none' }, 404);
    if (url.endsWith('/files/pdf')) return void response.end(file);
    sendJson(response, { number: known.number });
  });
  return `${portal.url}/api`;
}

/** `npm run check -- --config FILE` with the YAML; its exit code and what it says. */
async function check(yaml: string, ...words: string[]): Promise<{ code: number; said: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-yaml-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const config = join(folder, 'my.yaml');
  writeFileSync(config, AROUND + yaml);
  const command = [join(ROOT, 'platform/commands/check.ts'), '--config', config, ...words];
  const env = { ...process.env, PORTAL_TOKEN: 't0ken' };
  return await new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: ROOT, env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), said: stdout + stderr }),
    );
  });
}

test('a portal is measured by the YAML of the documentation, and no code', async () => {
  const url = await startDocumented();
  const yaml = PORTAL.replace('https://portal.example.org/api', url);
  expect(yaml.trim().split('\n').length).toBeLessThanOrEqual(30);
  const { code, said } = await check(yaml);
  expect(said).toMatch(/^portal-query +portal\.query +ok /m);
  expect(said).toMatch(/^portal-pdf +portal\.download +ok /m);
  expect(code).toBe(0);
});

test('--explain shows the mistake in it, and no secret', async () => {
  const url = await startDocumented();
  const yaml = PORTAL.replace('https://portal.example.org/api', url);
  const mistaken = yaml.replace('- get: /invoices/', '- get: /invoice/');
  const { code, said } = await check(mistaken, '--explain', 'portal-query');
  expect(code).toBe(1);
  expect(said).toContain(`GET ${url}/invoice/${known.number}`);
  expect(said).toMatch(/404/);
  expect(said).toContain('known_not_found');
  expect(said).not.toContain('t0ken');
});
