import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type TLSSocket } from 'node:tls';
import { context, diag, metrics, trace } from '@opentelemetry/api';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../model/time.ts';
import { startExport } from '../../platform/telemetry/export.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';
import { issuedChain, selfSigned } from '../probes/certificates.ts';
import { keptLog } from './quiet.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  for (const api of [trace, metrics, context, diag]) api.disable();
});

/** A receiver behind TLS that counts what is said to it and answers nothing useful. */
async function startReceiver(
  tls: { key: string; cert: string },
  protocols: string[],
  host = '127.0.0.1',
) {
  let said = 0;
  const sockets = new Set<TLSSocket>();
  const server = createServer({ ...tls, ALPNProtocols: protocols }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => {
      said += 1;
      socket.destroy();
    });
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((listening) => server.listen(0, host, listening));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, said: () => said };
}

/** What the log says of a push to there. */
async function push(variables: Record<string, string>) {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const telemetry = createTelemetry('page');
  const parts = { env: process.env, process_name: 'page', telemetry } as const;
  const { log, entries } = keptLog();
  const { stop } = await startExport({ ...parts, clock: systemClock, log });
  await stop();
  return entries;
}

it.each([
  ['http/protobuf', 'http/1.1'],
  ['http/json', 'http/1.1'],
  ['grpc', 'h2'],
])(
  'R14: by %s a private authority is trusted by OTEL_EXPORTER_OTLP_CERTIFICATE',
  async (protocol, alpn) => {
    const next_year = new Date(Date.now() + 365 * 86_400_000);
    const { root, ...tls } = issuedChain(next_year, next_year);
    const { port, said } = await startReceiver(tls, [alpn]);
    const folder = mkdtempSync(join(tmpdir(), 'otlp-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'root.pem');
    writeFileSync(file, root);
    const receiver = {
      OTEL_EXPORTER_OTLP_ENDPOINT: `https://localhost:${port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
    };
    await push(receiver);
    expect(said()).toBe(0);
    await push({ ...receiver, OTEL_EXPORTER_OTLP_CERTIFICATE: file });
    expect(said()).toBeGreaterThan(0);
  },
);

describe('T12: a push that fails says why, where and what to set', () => {
  const HTTP = 'http/protobuf';
  const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT';
  const TOMORROW = new Date(Date.now() + 86_400_000);

  it.each([
    [HTTP, 'http://nowhere.invalid:4318', `no_name host=nowhere.invalid:4318 set=${ENDPOINT}`],
    [HTTP, 'http://127.0.0.1:1', `refused host=127.0.0.1:1 set=${ENDPOINT}`],
    ['grpc', 'http://nowhere.invalid:4317', `no_name host=nowhere.invalid:4317 set=${ENDPOINT}`],
    ['grpc', 'http://127.0.0.1:1', `refused host=127.0.0.1:1 set=${ENDPOINT}`],
  ])('by %s to %s', async (protocol, endpoint, why) => {
    const entries = await push({
      [ENDPOINT]: endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_EXPORTER_OTLP_TIMEOUT: '1500',
    });
    expect(entries).toMatchObject([{ msg: 'export failed', signal: 'metrics', why }]);
    expect(JSON.stringify(entries)).not.toMatch(/getaddrinfo|UNAVAILABLE|stack/);
  });

  it.each([
    [HTTP, 'http/1.1'],
    ['grpc', 'h2'],
  ])('by %s to an unknown authority', async (protocol, alpn) => {
    const { port } = await startReceiver(selfSigned(TOMORROW), [alpn]);
    const entries = await push({
      [ENDPOINT]: `https://localhost:${port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_EXPORTER_OTLP_TIMEOUT: '1500',
    });
    const why = `unknown_ca host=localhost:${port} set=OTEL_EXPORTER_OTLP_CERTIFICATE`;
    expect(entries).toMatchObject([{ why }]);
  });

  it('to a server with a certificate for another name', async () => {
    const tls = selfSigned(TOMORROW);
    const { port } = await startReceiver(tls, ['http/1.1'], '127.0.0.2');
    const folder = mkdtempSync(join(tmpdir(), 'otlp-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'root.pem');
    writeFileSync(file, tls.cert);
    const entries = await push({
      [ENDPOINT]: `https://127.0.0.2:${port}`,
      OTEL_EXPORTER_OTLP_CERTIFICATE: file,
      OTEL_EXPORTER_OTLP_TIMEOUT: '1500',
    });
    const why = `wrong_name host=127.0.0.2:${port} set=${ENDPOINT}`;
    expect(entries).toMatchObject([{ why }]);
  });
});
