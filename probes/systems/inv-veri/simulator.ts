import { Hono } from 'hono';
import { disturbedPage } from '../../disturbed-page.ts';
import type { SimulatorContext, SimulatorDefinition } from '../../simulator.ts';
import { ENTRY_TITLE } from './driver.ts';

/** Usual duration of the entry page. */
const PAGE_MS = 80;

/**
 * Simulates the verification platform: a public entry page, and a query behind a captcha. Under
 * maintenance the entry page redirects to a notice.
 */
export default {
  functions: ['reach'],
  drills: ['latency', 'outage', 'maintenance', 'throttling'],
  create,
} satisfies SimulatorDefinition;

function create(context: SimulatorContext): Hono {
  const app = new Hono();
  app.get('/', disturbedPage(context, PAGE_MS, 'redirect'), (c) =>
    c.html(page(`全国增值税${ENTRY_TITLE}`, '请输入发票信息和验证码（模拟，不可查验）')),
  );
  app.get('/weihu.html', (c) => c.html(page('系统维护', '系统维护中（演练）')));
  app.get('/captcha', (c) =>
    c.body('<svg xmlns="http://www.w3.org/2000/svg"><text y="16">样张</text></svg>', 200, {
      'content-type': 'image/svg+xml',
    }),
  );
  app.post('/query', (c) => c.json({ key1: '008', message: '验证码错误' }));
  return app;
}

function page(title: string, text: string): string {
  return (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8">' +
    `<title>${title} 样张 SIMULATED</title><p>${text}</p></html>`
  );
}
