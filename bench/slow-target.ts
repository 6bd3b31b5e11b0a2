import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A process that responds after 20 to 290 ms and records, by its own clock, the time from the
 * request to the last byte sent. Requests are identified by their trace id or, without one, by
 * `?probe=`.
 */

const PAGE = Buffer.from(`<!doctype html><title>target</title>${'<p>ok</p>'.repeat(2_000)}`);

const durations = new Map<string, number>();
let asked = 0;

const server = createServer((request, answer) => {
  const begun = performance.now();
  const url = new URL(request.url ?? '/', 'http://target');
  if (url.pathname === '/durations') return void answer.end(JSON.stringify([...durations]));
  const trace = String(request.headers.traceparent ?? '').split('-')[1];
  const key = trace ?? url.searchParams.get('probe') ?? '';
  answer.once('finish', () => durations.set(key, performance.now() - begun));
  asked += 1;
  setTimeout(() => answer.writeHead(200).end(PAGE), 20 + 30 * (asked % 10));
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ ports: { target: (server.address() as AddressInfo).port } });
});
process.once('disconnect', () => process.exit());
