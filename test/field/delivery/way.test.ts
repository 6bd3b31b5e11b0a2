import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isScheduled } from '../../../model/configuration.ts';
import { systemClock } from '../../../model/time.ts';
import { type FileFormat, FORMATS } from '../../../model/vocabulary.ts';
import { createCheckRunner } from '../../../probes/line/check-runner.ts';
import { specimenFile, specimenInvoice } from '../../../probes/specimen/index.ts';
import { selfSigned } from '../../probes/certificates.ts';
import { startTestProxy, type TestProxyParts } from '../proxy.ts';
import { pem } from '../servers/authority.ts';
import { authorities, leaf, showing, trusted, trustedRoots } from '../servers/trust.ts';
import { type DeliveryHost, type HostParts, startDeliveryHost } from './host.ts';
import { configurationOf, download } from './line.ts';

const NUMBER = '26007654321098765432';
const ISSUED = '20260925120000';
const FILES = Object.fromEntries(
  FORMATS.map((format) => [format, specimenFile(format, specimenInvoice(NUMBER, ISSUED))]),
) as Record<FileFormat, Uint8Array>;
/** A name that only the proxy knows. */
const NAME = 'dppt.province.example';

async function start(parts: Partial<HostParts> = {}): Promise<DeliveryHost> {
  const common = { number: NUMBER, issued: ISSUED, files: FILES, needs_session: true };
  const host = await startDeliveryHost({ ...common, ...parts });
  onTestFinished(() => host.close());
  return host;
}

async function startProxy(parts: TestProxyParts = {}) {
  const proxy = await startTestProxy(parts);
  onTestFinished(() => proxy.close());
  return proxy;
}

const trustedPem = () => pem(...trustedRoots());
/** Where the certificate of the authority below the root can be fetched. */
async function serveIssuer(): Promise<string> {
  const server = createServer((_, response) => response.end(authorities().middle.cert));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/issuer.cer`;
}

const every = (link: string) => FORMATS.map((format) => ({ link, format }));
const links = ({ page_link, file_link }: DeliveryHost) => [
  ...every(page_link),
  ...every(file_link),
];
const outcomes = (runs: Awaited<ReturnType<typeof download>>) =>
  runs.map(({ outcome, integrity }) => [outcome, integrity?.verdict]);
const ALL_SOUND = Array.from({ length: 2 * FORMATS.length }, () => ['ok', 'sound']);

describe('over TLS', () => {
  it('R14: by a private authority that is named every format arrives', async () => {
    const host = await start({ tls: trusted() });
    expect(outcomes(await download(links(host), { ca: trustedPem() }))).toEqual(ALL_SOUND);
  });

  it('R14: an authority that is not named is not trusted', async () => {
    const host = await start({ tls: trusted() });
    const [run] = await download([{ link: host.file_link, format: 'pdf' }]);
    expect([run?.outcome, run?.reason]).toEqual(['network', 'certificate_invalid']);
    expect(host.asked).toEqual([]);
  });

  it('R13: a chain without its intermediate is a finding of its own, never relaxed', async () => {
    const issuer_at = await serveIssuer();
    const host = await start({ tls: showing(leaf({ issuer_at })) });
    const way = { ca: trustedPem() };
    const [run] = await download([{ link: host.page_link, format: 'pdf' }], way);
    expect([run?.outcome, run?.reason]).toEqual(['network', 'certificate_incomplete']);
    expect(host.asked).toEqual([]);
  });
});

describe('through a proxy', () => {
  const account = { name: 'company', password: 'p@ss:word' };
  const named = () => showing(leaf({ names: [NAME] }), authorities().middle);
  const byName = (link: string) => link.replace('127.0.0.1', NAME);

  it('every format arrives by a name that only it knows', async () => {
    const proxy = await startProxy({ account, names: { [NAME]: '127.0.0.1' } });
    const host = await start({ tls: named() });
    const askings = links(host).map(({ link, format }) => ({ link: byName(link), format }));
    const way = { ca: trustedPem(), proxy: proxy.url };
    expect(outcomes(await download(askings, way))).toEqual(ALL_SOUND);
    const [at, ...others] = new Set(proxy.tunnels);
    expect(at).toBe(`${NAME}:${new URL(host.origin).port}`);
    expect(others).toEqual([]);
  });

  it('that refuses us, nothing is said of the other side or tells its password', async () => {
    const proxy = await startProxy({ account });
    const host = await start({ tls: trusted() });
    const wrong = proxy.url.replace(encodeURIComponent(account.password), 'hush');
    const way = { ca: trustedPem(), proxy: wrong };
    const [run] = await download([{ link: host.file_link, format: 'pdf' }], way);
    expect([run?.outcome, run?.reason]).toEqual(['self', 'proxy_failed']);
    expect(JSON.stringify(run)).not.toMatch(/hush|company/);
  });

  it('that is gone, nothing is said of the other side', async () => {
    const proxy = await startTestProxy();
    await proxy.close();
    const host = await start({ tls: trusted() });
    const way = { ca: trustedPem(), proxy: proxy.url };
    const [run] = await download([{ link: host.file_link, format: 'pdf' }], way);
    expect([run?.outcome, run?.reason]).toEqual(['self', 'proxy_failed']);
  });

  it('neutral hosts are reached the same way', async () => {
    const proxy = await startProxy();
    const host = await start({ tls: trusted(), instead: { at: 'other', reply: NEUTRAL_PAGE } });
    const way = { ca: trustedPem(), proxy: proxy.url };
    const site = configurationOf([{ link: host.file_link, format: 'pdf' }], way);
    const configuration = {
      ...site,
      systems: site.systems.map((system) => ({
        ...system,
        driver: 'web',
        neutral: true,
        url: host.origin,
        settings: {},
      })),
      checks: site.checks
        .filter(isScheduled)
        .map((check) => ({ ...check, function: 'reach' as const, options: { path: '/' } })),
    };
    const checks = createCheckRunner({ configuration, installation: 'test', clock: systemClock });
    expect(await checks.run('download-0', systemClock.now())).toMatchObject({ outcome: 'ok' });
    expect(proxy.tunnels).toEqual([new URL(host.origin).host]);
  });
});

it('R14: a self-signed certificate is trusted where it is named itself', async () => {
  const tls = selfSigned(new Date(Date.now() + 86_400_000));
  const host = await start({ tls });
  const [run] = await download([{ link: host.file_link, format: 'pdf' }], { ca: tls.cert });
  expect(run).toMatchObject({ outcome: 'ok', integrity: { verdict: 'sound' } });
});

const NEUTRAL_PAGE = { status: 200, body: '<title>neutral</title><p>Hello, this is a page.' };
