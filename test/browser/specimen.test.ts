import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { specimenFile, specimenInvoice } from '../../probes/specimen/index.ts';
import { useBrowser } from './use-browser.ts';

const PDF = specimenFile('pdf', specimenInvoice('26000000000000000001', '20261102080000'));
const VIEWER =
  '<!doctype html><body style="margin:0"><embed src="/specimen.pdf#toolbar=0" ' +
  'type="application/pdf" width="1000" height="700">';

const browser = useBrowser();
let server: Server;
beforeAll(async () => {
  server = createServer(({ url }, response) => {
    const is_pdf = url === '/specimen.pdf';
    response.setHeader('content-type', is_pdf ? 'application/pdf' : 'text/html');
    response.end(is_pdf ? PDF : VIEWER);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server?.close();
});

describe('the specimen PDF', () => {
  it('is painted by Chromium, its Chinese title included', async () => {
    const page = await browser.now.newPage({ viewport: { width: 1000, height: 700 } });
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/`);
    // 电子发票 stands in the middle of the top, below it a double rule; left and right of it the paper
    // is white.
    await expect
      .poll(() => ink(page, { x: 370, y: 35, width: 255, height: 35 }), POLL)
      .toBeGreaterThan(0.08);
    expect(await ink(page, { x: 310, y: 35, width: 50, height: 35 })).toBe(0);
  });
});

const POLL = { timeout: 60_000, interval: 500 };

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Share of the pixels of a part of the window that are painted rather than white; 0 where there is
 * no paper yet.
 */
async function ink(page: Page, clip: Rectangle): Promise<number> {
  const png = (await page.screenshot({ clip })).toString('base64');
  return page.evaluate(async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let white = 0;
    for (let i = 0; i < data.length; i += 4) if ((data[i + 1] ?? 0) > 235) white += 1;
    return white === 0 ? 0 : 1 - white / (data.length / 4);
  }, `data:image/png;base64,${png}`);
}
