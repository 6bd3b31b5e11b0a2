import { createMiddleware } from 'hono/factory';
import type { SimulatorContext } from './simulator.ts';

/** Middleware of a simulated entry page: usual latency, and the drills of `reach`. */
export function disturbedPage(
  context: SimulatorContext,
  usual_ms: number,
  maintenance: 'redirect' | 'page',
) {
  return createMiddleware(async (c, next) => {
    await context.takeTime('reach', usual_ms);
    if (context.drill('outage', 'reach')) return c.text('Service Unavailable', 503);
    if (context.drill('throttling', 'reach')) return c.text('Too Many Requests', 429);
    if (context.drill('maintenance', 'reach')) {
      return maintenance === 'redirect'
        ? c.redirect('weihu.html')
        : c.html('<title>系统维护</title><p>系统维护中（演练）', 503);
    }
    return next();
  });
}
