import { Hono } from 'hono';
import type { Mailbox } from '../../channels/email/mailbox.ts';
import { SECURITY_HEADERS } from '../../http/headers.ts';
import { methodNotAllowed } from '../../http/methods.ts';
import { createWords } from '../../messages/catalogue.ts';
import type { Configuration } from '../../model/configuration.ts';
import { type AssetPaths, htmlDocument } from '../kit/document.ts';
import { paperPage } from '../kit/paper.ts';
import { renderHtml } from '../kit/render.ts';
import { mailboxPage, mailPage } from './views/mailbox.ts';

const POLICY = 'content-security-policy';
/** A page with a mail in a frame; the mail is ours too. */
const WITH_FRAME = { [POLICY]: `${SECURITY_HEADERS[POLICY]}; frame-src 'self'` };
/** A mail styles itself and does nothing else; it is only shown inside our page. */
const MAIL = {
  [POLICY]:
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
};
const NO_STORE = { 'cache-control': 'no-store' };

/** The demo's mailbox: what subscribers and operators would have got. */
export function mailboxRoutes({
  mailbox,
  configuration: { page },
  assets,
}: {
  mailbox: Mailbox;
  configuration: Configuration;
  assets: AssetPaths;
}): Hono {
  const app = new Hono();
  for (const locale of page.languages) {
    const words = createWords({ locale, zone: page.zone });
    const draw = (title: string, path: string, body: Parameters<typeof paperPage>[0]['body']) =>
      htmlDocument({
        title: `${title} · ${words.name(page.title)}`,
        description: words.text('mailbox.about'),
        path: null,
        page,
        script: null,
        styles: ['page', 'article', 'demo'],
        assets,
        body: renderHtml(paperPage({ body, page, path, words })),
        words,
      });
    const path = `/${locale}/demo/mailbox`;
    app.get(path, async (c) => {
      const body = mailboxPage(await mailbox.list(), { words });
      return c.html(draw(words.text('mailbox.title'), 'demo/mailbox', body), 200, NO_STORE);
    });
    app.get(`${path}/:id`, async (c) => {
      const mail = await mailbox.find(c.req.param('id'));
      if (!mail) return c.notFound();
      const body = mailPage(mail, { words });
      const html = draw(mail.subject, `demo/mailbox/${mail.id}`, body);
      return c.html(html, 200, { ...NO_STORE, ...WITH_FRAME });
    });
    app.all(path, () => methodNotAllowed(['GET']));
    app.all(`${path}/:id`, () => methodNotAllowed(['GET']));
  }
  app.get('/demo/mailbox/:file{.+\\.html}', async (c) => {
    const mail = await mailbox.find(c.req.param('file').slice(0, -'.html'.length));
    return mail ? c.html(mail.html, 200, { ...NO_STORE, ...MAIL }) : c.notFound();
  });
  return app;
}
