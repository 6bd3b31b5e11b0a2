import type { Browser } from 'playwright-core';
import type { Benchmark } from './benchmark.ts';
import { median } from './figure.ts';
import { PHONE } from './slow-phone.ts';
import { withBrowser, withDemo } from './with-demo.ts';

const VIEWS = 5;
/** Time for the live stream to start and all assets to load. */
const SETTLED_MS = 2_000;

export const firstView: Benchmark = {
  name: 'first view',
  about:
    'Everything Chromium receives for the first view of the demo in zh-CN with an empty cache, ' +
    'headers and the beginning of the live stream included, brotli; median.',

  run: () =>
    withDemo((demo) =>
      withBrowser(async (browser) => {
        const views: View[] = [];
        for (let n = 0; n < VIEWS; n += 1) views.push(await view(browser, `${demo.page}/zh-CN/`));
        const of = { n: VIEWS };
        return [
          {
            ...of,
            what: 'first view over the wire',
            value: median(views.map((it) => it.bytes)) / 1_000,
            unit: 'kB',
            budget: { at_most: 40 },
          },
          {
            ...of,
            what: 'requests',
            value: median(views.map((it) => it.requests)),
            unit: '',
            budget: null,
          },
        ];
      }),
    ),
};

interface View {
  bytes: number;
  requests: number;
}

async function view(browser: Browser, url: string): Promise<View> {
  const context = await browser.newContext(PHONE);
  try {
    const page = await context.newPage();
    const network = await context.newCDPSession(page);
    await network.send('Network.enable');
    // Bytes received per request so far: the stream never finishes.
    const bytes = new Map<string, number>();
    const add = (id: string, count: number) => bytes.set(id, (bytes.get(id) ?? 0) + count);
    network.on('Network.responseReceived', ({ requestId, response }) =>
      bytes.set(requestId, response.encodedDataLength),
    );
    network.on('Network.dataReceived', ({ requestId, encodedDataLength }) =>
      add(requestId, encodedDataLength),
    );
    network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
      bytes.set(requestId, encodedDataLength),
    );
    await page.goto(url);
    await page.waitForTimeout(SETTLED_MS);
    return {
      bytes: [...bytes.values()].reduce((sum, it) => sum + it, 0),
      requests: bytes.size,
    };
  } finally {
    await context.close();
  }
}
