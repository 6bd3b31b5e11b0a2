import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import type { Configuration } from '../../model/configuration.ts';
import { systemClock } from '../../model/time.ts';
import { createNames } from '../../probes/exchange/names/names.ts';
import { createCheckRunner } from '../../probes/line/check-runner.ts';
import { type Answering, nameFolder, startNameServer } from './name-server.ts';
import { systemHost } from './proof-hosts.ts';
import { useProofWorlds } from './proof-world.ts';
import { demoAt } from './simulated.ts';

const run = promisify(execFile);
const PAGE = '<title>well</title><p>well';

/** A server at these loopback addresses, all at one port. */
async function served(addresses: readonly string[]) {
  const paths: string[] = [];
  let port = 0;
  for (const address of addresses) {
    const server: Server = createServer((req, res) => {
      paths.push(`${address} ${req.url}`);
      res.setHeader('content-type', 'text/html');
      res.end(PAGE);
    });
    await new Promise<void>((resolve) => server.listen(port, address, resolve));
    port = (server.address() as AddressInfo).port;
    onTestFinished(() => void server.close());
  }
  return { port, paths };
}

const answers =
  (a: string[], aaaa: string[]): Answering =>
  (_, type) => ({ addresses: type === 'A' ? a : aaaa });

/** Runs a check `reach` of `a.test` with these options. */
async function reached(port: number, answering: Answering, options: Record<string, unknown>) {
  const names_server = await startNameServer(answering);
  const folder = nameFolder(`nameserver ${names_server.at}\n`);
  onTestFinished(async () => {
    await names_server.close();
    folder.remove();
  });
  const names = createNames({ files: folder.files, prefersIpv6: () => true });
  const name = { 'zh-CN': 'x', en: 'x' };
  const system = { id: 's', name, driver: 'web', environment: 'production' } as const;
  const configuration: Configuration = {
    ...demoAt('http://127.0.0.1'),
    systems: [{ ...system, url: `http://a.test:${port}`, settings: {}, ca: null, neutral: false }],
    checks: [
      {
        ...{ id: 'c', system: 's', line: 'local', function: 'reach', zone: 'UTC' },
        ...{ schedule: '* * * * *', deadline_ms: 20_000, options: { title: 'well', ...options } },
      },
    ],
  };
  const checks = createCheckRunner({ configuration, installation: 't', clock: systemClock, names });
  const { outcome, reason, detail, contact } = await checks.run('c', Date.now());
  return { outcome, reason, detail, address: contact?.address };
}

/** What curl makes of the same: the address it reached, or its exit code. */
async function curled(port: number, family: 4 | 6, addresses: readonly string[]) {
  const at = addresses.map((it) => (it.includes(':') ? `[${it}]` : it)).join(',');
  const to = ['--resolve', `a.test:${port}:${at}`, `http://a.test:${port}/`];
  const quiet = ['-sS', '-o', '/dev/null', '-w', '%{remote_ip}', '--noproxy', '*'];
  return await run('curl', [`-${family}`, ...quiet, ...to]).then(
    ({ stdout }) => stdout,
    ({ code }) => code as number,
  );
}

/** Of curl: no such name, for that family; nobody took the connection. */
const UNRESOLVED = 6;
const NOT_CONNECTED = 7;

test.each([
  ['both', ['127.0.0.1', '::1'], ['127.0.0.1', '::1'], 4, '127.0.0.1'],
  ['both', ['127.0.0.1', '::1'], ['127.0.0.1', '::1'], 6, '::1'],
  ['a server at IPv4 alone', ['127.0.0.1'], ['127.0.0.1', '::1'], 4, '127.0.0.1'],
  ['a server at IPv4 alone', ['127.0.0.1'], ['127.0.0.1', '::1'], 6, NOT_CONNECTED],
  ['a name of IPv4 alone', ['127.0.0.1', '::1'], ['127.0.0.1'], 6, UNRESOLVED],
  ['a name of IPv6 alone', ['127.0.0.1', '::1'], ['::1'], 4, UNRESOLVED],
] as const)('%s: of %j, named %j, by IPv%i curl says %s', async (_, at, named, family, said) => {
  const { port } = await served(at);
  expect(await curled(port, family, named)).toBe(said);
  const six = named.filter((it) => it.includes(':'));
  const four = named.filter((it) => !it.includes(':'));
  const found = await reached(port, answers(four, six), { family });
  const expected = {
    [UNRESOLVED]: { outcome: 'self', reason: 'address_family_missing' },
    [NOT_CONNECTED]: { outcome: 'network', reason: 'connection_refused', address: '::1' },
  };
  expect(found).toMatchObject(
    typeof said === 'string' ? { outcome: 'ok', address: said } : expected[said],
  );
});

const ELSEWHERE = { outcome: 'self', reason: 'resolves_elsewhere' };
const OK = { outcome: 'ok' };
test.each([
  ['the address', ['127.0.0.1'], [], '127.0.0.1', OK],
  ['a network', ['127.0.0.1'], [], ['10.0.0.0/8', '127.0.0.0/8'], OK],
  ['another address', ['127.0.0.1'], [], '127.0.0.2', ELSEWHERE],
  ['one of two', ['127.0.0.1', '127.0.0.3'], [], ['127.0.0.1'], ELSEWHERE],
  ['another of IPv6', ['127.0.0.1'], ['::1'], ['127.0.0.1', '2001:db8::/32'], ELSEWHERE],
  ['nothing of IPv6', ['127.0.0.1'], ['::1'], ['127.0.0.1'], OK],
] as const)('a name that may lead to %s', async (_, a, aaaa, resolves_to, expected) => {
  const { port, paths } = await served(['127.0.0.1']);
  const found = await reached(port, answers([...a], [...aaaa]), { resolves_to });
  expect(found).toMatchObject(expected);
  expect(paths).toHaveLength(expected === OK ? 1 : 0);
});

test('the address that is not expected is the evidence', async () => {
  const { port } = await served(['127.0.0.1']);
  const { detail } = await reached(port, answers(['127.0.0.1'], []), { resolves_to: '10.0.0.1' });
  expect(detail).toBe('resolves to 127.0.0.1');
});

test('a name that does not resolve is what it is without', async () => {
  const options = { family: 6, resolves_to: '10.0.0.1' };
  expect(await reached(8099, () => ({ rcode: 3 }), options)).toMatchObject({
    outcome: 'network',
    reason: 'name_not_resolved',
  });
});

const makeWorld = useProofWorlds();

test('what is silent by IPv6 alone is a host apart from the same one by IPv4', async () => {
  const world = await makeWorld([systemHost(1), systemHost(2)]);
  expect(await world.run('s1')).toMatchObject({ outcome: 'ok' });
  expect(await world.run('s2')).toMatchObject({ outcome: 'ok' });
  const by_six = { host: 's1-a.com', address: '2400:3200::1', family: 6 } as const;
  const silent = { ...by_six, reach: 'silent', resolver_differs: false } as const;
  const failed = { outcome: 'timeout', reason: 'timeout_connect' } as const;
  const found = await world.runAs('s1', { ...failed, contact: silent });
  // Nothing proves a way by IPv6.
  expect(found).toMatchObject({ outcome: 'self', reason: 'unproven' });
  expect(found.proof).toMatchObject({
    contact: { host: 's1-a.com (IPv6)' },
    other_answer: null,
    line: { blamed: null },
  });
  expect(await world.run('s1')).toMatchObject({ outcome: 'ok' });
  world.without_route.add('2400:3200::1');
  const unreachable = { outcome: 'network', reason: 'host_unreachable' } as const;
  expect(await world.runAs('s1', { ...unreachable, contact: silent })).toMatchObject({
    outcome: 'self',
    reason: 'no_route',
  });
  expect(world.conditions).toEqual([]);
});
