import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type TLSSocket } from 'node:tls';
import { context, diag, metrics, trace } from '@opentelemetry/api';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../model/time.ts';
import { startExport } from '../../platform/telemetry/export.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';
import { issuedChain } from '../probes/certificates.ts';
import { quiet } from './quiet.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  for (const api of [trace, metrics, context, diag]) api.disable();
});

/** A receiver behind TLS that counts what is said to it and answers nothing useful. */
async function startReceiver(tls: { key: string; cert: string }, protocols: string[]) {
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
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, said: () => said };
}

async function push(variables: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const telemetry = createTelemetry('page');
  const parts = { env: process.env, process_name: 'page', telemetry } as const;
  const { stop } = await startExport({ ...parts, clock: systemClock, log: quiet });
  await stop();
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
