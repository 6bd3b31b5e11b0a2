import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const SENDING = /node_modules\/(nodemailer|standardwebhooks)\/|channels\/\w+\/(send|simulator)\.ts/;

/** Files that a process loads which only imports this. */
function loadedBy(path: string): string[] {
  const program = `
    import { registerHooks } from 'node:module';
    registerHooks({
      load(url, context, next) {
        console.log(url);
        return next(url, context);
      },
    });
    await import('./${path}');`;
  const args = ['--input-type=module', '--eval', program];
  return execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' }).split('\n');
}

test.each(['channels/index.ts', 'status-page/status-page.ts'])('%s loads no sender', (path) => {
  const loaded = loadedBy(path);
  expect(loaded.some((url) => url.endsWith('channels/webhook/settings.ts'))).toBe(true);
  expect(loaded.filter((url) => SENDING.test(url))).toEqual([]);
});

test('a sender is found by this test', () => {
  expect(loadedBy('channels/email/send.ts').filter((url) => SENDING.test(url))).not.toEqual([]);
});
