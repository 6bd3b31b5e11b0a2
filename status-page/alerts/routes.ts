import { type Context, Hono } from 'hono';
import { methodNotAllowed } from '../../http/methods.ts';
import { createWords } from '../../messages/catalogue.ts';
import type { Alert } from '../../model/alert.ts';
import type { Configuration } from '../../model/configuration.ts';
import { readLinkToken } from '../../model/links.ts';
import type { Clock, Signer } from '../../model/ports.ts';
import type { Locale } from '../../model/vocabulary.ts';
import type { Store } from '../../store/store.ts';
import { type AssetPaths, htmlDocument } from '../kit/document.ts';
import { paperPage } from '../kit/paper.ts';
import { renderHtml } from '../kit/render.ts';
import { acknowledgedPage, acknowledgePage, wrongLinkPage } from './views.ts';

/**
 * How an operator says that he sees to an alert: by the signed link in it. GET asks, because
 * scanners of links follow links but press no button; POST acknowledges, again does no harm.
 */
export function alertRoutes({
  store,
  signer,
  configuration,
  assets,
  clock,
}: {
  store: Pick<Store, 'alert' | 'acknowledgeAlert'>;
  signer: Signer;
  configuration: Configuration;
  assets: AssetPaths;
  clock: Clock;
}): Hono {
  const app = new Hono();
  for (const locale of configuration.page.languages) {
    const path = `/${locale}/alerts/acknowledge` as const;
    const answer = createAnswer({ locale, configuration, assets });
    app.get(path, async (c) => answer(c, await find(tokenOf(c))));
    app.post(path, async (c) => {
      const alert = await find(tokenOf(c));
      if (alert) await store.acknowledgeAlert(alert.id, clock.now());
      return answer(c, alert && (await store.alert(alert.id)));
    });
    app.all(path, () => methodNotAllowed(['GET', 'POST']));
  }
  return app;

  /** The alert that a link was made for; null when nobody made it. */
  async function find(token: string): Promise<Alert | null> {
    const claim = readLinkToken(token, { purpose: 'acknowledge', signer, now: clock.now() });
    return typeof claim === 'string' ? null : store.alert(claim.subject);
  }
}

function tokenOf(c: Context): string {
  return c.req.query('t') ?? '';
}

/** Draws the page of an alert as it stands. */
function createAnswer({
  locale,
  configuration,
  assets,
}: {
  locale: Locale;
  configuration: Configuration;
  assets: AssetPaths;
}) {
  const { page } = configuration;
  const words = createWords({ locale, zone: page.zone });
  const context = { words, configuration };
  return (c: Context, alert: Alert | null) => {
    const token = tokenOf(c);
    const is_done = alert && (alert.acknowledged_at ?? alert.resolved_at) !== null;
    const body = !alert
      ? wrongLinkPage(context)
      : is_done
        ? acknowledgedPage(alert, context)
        : acknowledgePage(alert, token, context);
    const html = htmlDocument({
      title: words.name(page.title),
      description: '',
      path: null,
      page,
      script: null,
      styles: ['page', 'article', 'forms'],
      assets,
      body: renderHtml(
        paperPage({ body, page, path: alert ? `alerts/acknowledge?t=${token}` : '', words }),
      ),
      words,
    });
    return c.html(html, alert ? 200 : 404, { 'cache-control': 'no-store' });
  };
}
