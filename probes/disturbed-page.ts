import { createMiddleware } from 'hono/factory';
import type { Stage } from './simulation.ts';

/**
 * What a simulated entry page does under the drills of `reach`: takes its time, is away, declares
 * maintenance.
 */
export function disturbedPage(
  stage: Stage,
  usual_ms: number,
  { maintenance }: { maintenance: 'redirect' | 'page' },
) {
  return createMiddleware(async (c, next) => {
    await stage.takeTime('reach', usual_ms);
    if (stage.drill('outage', 'reach')) return c.text('Service Unavailable', 503);
    if (stage.drill('throttling', 'reach')) return c.text('Too Many Requests', 429);
    if (stage.drill('maintenance', 'reach')) {
      return maintenance === 'redirect'
        ? c.redirect('weihu.html')
        : c.html('<title>系统维护</title><p>系统维护中(演练)', 503);
    }
    return next();
  });
}
