import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { dataFolder, runCommand } from './run-command.ts';

/** Port of a listener that answers `/-/ready`. */
async function answering(status: number, text: string): Promise<string> {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/-/ready' ? status : 404).end(`${text}\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return String((server.address() as AddressInfo).port);
}

const ready = (...named: string[]) => runCommand('ready.ts', dataFolder(), named);

test('npm run ready says of each process whether it does its work', async () => {
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('COLLECTOR_PORT', await answering(200, 'ready'));
  vi.stubEnv('PAGE_PRIVATE_PORT', await answering(503, 'nothing was recorded for 30 s'));
  // Nobody listens on it.
  vi.stubEnv('NOTIFY_PORT', '1');
  expect(await ready('collector')).toMatchObject({ code: 0, stdout: 'collector: ready\n' });
  expect(await ready()).toMatchObject({
    code: 1,
    stdout:
      'collector: ready\npage: nothing was recorded for 30 s\n' +
      'notifier: does not answer on port 1\n',
  });
  expect(await ready('collector', 'page')).toMatchObject({ code: 1 });
  expect(await ready('database')).toMatchObject({
    code: 2,
    stderr: 'database is no process: collector, page, notifier.\n',
  });
});
