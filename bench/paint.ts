import type { Browser } from 'playwright-core';
import { serveBarePage } from './bare-page.ts';
import type { Benchmark } from './benchmark.ts';
import { median } from './figure.ts';
import { PHONE, paintOf, slowDown } from './slow-phone.ts';
import { withBrowser, withDemo } from './with-demo.ts';

const ROUNDS = 7;

export const paint: Benchmark = {
  name: 'paint',
  about:
    'Largest contentful paint in Chromium with an empty cache on slow 4G (400 ms round trip, ' +
    '1.6 Mbit/s down, 750 kbit/s up) with a 4× slower processor, of the demo in zh-CN and, by ' +
    'turns, of a bare static page of 500 bytes; medians.',

  run: () =>
    withDemo((demo) =>
      withBrowser(async (browser) => {
        const bare = await serveBarePage();
        const ours: Paint[] = [];
        const theirs: Paint[] = [];
        for (let n = 0; n < ROUNDS; n += 1) {
          theirs.push(await visit(browser, bare.url));
          ours.push(await visit(browser, `${demo.page}/zh-CN/`));
        }
        await bare.stop();
        const lcp_ms = median(ours.map((it) => it.lcp_ms));
        const bare_ms = median(theirs.map((it) => it.lcp_ms));
        const of = { n: ROUNDS };
        return [
          { ...of, what: 'LCP of the page', value: lcp_ms, unit: 'ms', budget: null },
          { ...of, what: 'LCP of the bare page', value: bare_ms, unit: 'ms', budget: null },
          {
            ...of,
            what: 'LCP, page ÷ bare page',
            value: lcp_ms / bare_ms,
            unit: '×',
            budget: { at_most: 2 },
          },
          {
            ...of,
            what: 'largest layout shift',
            value: Math.max(...ours.map((it) => it.shift)),
            unit: '',
            budget: { at_most: 0 },
          },
        ];
      }),
    ),
};

interface Paint {
  lcp_ms: number;
  shift: number;
}

async function visit(browser: Browser, url: string): Promise<Paint> {
  const context = await browser.newContext(PHONE);
  try {
    const page = await context.newPage();
    await slowDown(await context.newCDPSession(page));
    await page.goto(url);
    return await paintOf(page);
  } finally {
    await context.close();
  }
}
