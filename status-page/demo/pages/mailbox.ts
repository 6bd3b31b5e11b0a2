import { SECURITY_HEADERS } from '../../../http/headers.ts';
import { answerArticle } from '../../kit/answer.ts';
import type { PageContext } from '../../kit/page-context.ts';
import type { Handlers } from '../../kit/route.ts';
import { mailboxPage, mailPage } from '../views/mailbox.ts';
import type { DemoWing } from './wing.ts';

const POLICY = 'content-security-policy';
/** Allows a same-origin frame with the mail. */
const WITH_FRAME = { [POLICY]: `${SECURITY_HEADERS[POLICY]}; frame-src 'self'` };
/** Mails may use inline styles only, and are only framed by our page. */
const MAIL = {
  [POLICY]: [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-popups allow-popups-to-escape-sandbox',
  ].join('; '),
};

/** Mails that would have been sent, newest first. */
export function mailboxHandlers({ mailbox }: DemoWing): Handlers {
  return {
    GET: async (c: PageContext) => {
      const { words } = c.var;
      const body = mailboxPage(await mailbox.list(), words);
      return answerArticle(c, {
        title: words.text('mailbox.title'),
        description: words.text('mailbox.about'),
        path: 'demo/mailbox',
        body,
        styles: ['demo'],
      });
    },
  };
}

/** One mail, as text and in a frame. */
export function mailHandlers({ mailbox }: DemoWing): Handlers {
  return {
    GET: async (c: PageContext<'/:id'>) => {
      const { words } = c.var;
      const mail = await mailbox.find(c.req.param('id'));
      if (!mail) return c.notFound();
      const article = {
        title: mail.subject,
        description: words.text('mailbox.about'),
        path: `demo/mailbox/${mail.id}`,
        body: mailPage(mail, words),
        styles: ['demo'] as const,
      };
      return answerArticle(c, article, 200, WITH_FRAME);
    },
  };
}

/** The HTML of a mail itself, for the frame. */
export function framedMailHandlers({ mailbox }: DemoWing): Handlers {
  return {
    GET: async (c: PageContext<'/:file'>) => {
      const [, id] = /^(.+)\.html$/.exec(c.req.param('file')) ?? [];
      const mail = id === undefined ? null : await mailbox.find(id);
      return mail ? c.html(mail.html, 200, { 'cache-control': 'no-store', ...MAIL }) : c.notFound();
    },
  };
}
