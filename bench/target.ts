import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A process that answers every request at once with a small page, as a target for measurements;
 * sends its port to the parent.
 */

const PAGE = Buffer.from(`<!doctype html><title>target</title>${'<p>ok</p>'.repeat(100)}`);

const server = createServer((_, answer) => {
  answer.writeHead(200, { 'content-type': 'text/html', 'content-length': PAGE.length });
  answer.end(PAGE);
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ ports: { target: (server.address() as AddressInfo).port } });
});
process.once('disconnect', () => process.exit());
