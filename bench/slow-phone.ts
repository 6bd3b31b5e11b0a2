import type { BrowserContextOptions, CDPSession, Page } from 'playwright-core';

/** The screen of a small phone. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 780 },
  locale: 'zh-CN',
};

/** Slow 4G: 400 ms round trip, 1.6 Mbit/s down, 750 kbit/s up. */
const SLOW_4G = {
  offline: false,
  latency: 400,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
};
const CPU_SLOWDOWN = 4;

export async function slowDown(session: CDPSession): Promise<void> {
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', SLOW_4G);
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
}

/**
 * Largest contentful paint in ms since the navigation, and the sum of layout shifts, once stable
 * for a second.
 */
export function paintOf(page: Page): Promise<{ lcp_ms: number; shift: number }> {
  return page.evaluate(async () => {
    let lcp_ms = 0;
    let shift = 0;
    let last = performance.now();
    const observe = (type: string, take: (entry: PerformanceEntry) => void) =>
      new PerformanceObserver((list) => {
        list.getEntries().forEach(take);
        last = performance.now();
      }).observe({ type, buffered: true });
    observe('largest-contentful-paint', (entry) => {
      lcp_ms = entry.startTime;
    });
    observe('layout-shift', (entry) => {
      shift += (entry as PerformanceEntry & { value: number }).value;
    });
    while (lcp_ms === 0 || performance.now() - last < 1_000) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return { lcp_ms, shift };
  });
}
