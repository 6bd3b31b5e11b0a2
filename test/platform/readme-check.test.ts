import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { ROOT, read } from '../tidy/repository.ts';

/** The first check that the README proposes to newcomers. */
function proposed(document: string): string {
  return /```yaml\n(.*?)```/s.exec(read(document))?.[1] ?? '';
}

test('it is ten lines, the same in both languages', () => {
  expect(proposed('README.md').trimEnd().split('\n')).toHaveLength(10);
  expect(proposed('README.zh-CN.md')).toBe(proposed('README.md'));
});

test('with a real address in it, it is checked at once', async () => {
  const server = createServer((_, answer) => answer.end('<title>etax</title>'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-readme-'));
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  const { port } = server.address() as AddressInfo;
  const file = join(folder, 'my.yaml');
  const text = proposed('README.md');
  writeFileSync(file, text.replace('https://etax.example.org', `http://127.0.0.1:${port}`));
  const command = [join(ROOT, 'platform/commands/check.ts'), '--config', file];
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: ROOT });
  expect(stdout).toMatch(/^tax-reach +tax\.reach +ok /m);
});
