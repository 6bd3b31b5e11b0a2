import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A minimal page: about 500 bytes, without assets. */
const HTML =
  '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" ' +
  'content="width=device-width"><title>状态</title></head><body><h1>测量的功能全部正常</h1>' +
  `<p>${'上传、查询、同步、下载都能用。'.repeat(6)}</p></body></html>`;

/** Serves the bare page as the status page is served: node:http, a ready buffer. */
export async function serveBarePage(): Promise<{ url: string; stop(): Promise<void> }> {
  const body = Buffer.from(HTML);
  const server = createServer((_, answer) => {
    answer.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-length': body.length,
    });
    answer.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
