import type { Alert } from '../../model/alert.ts';
import type { Configuration } from '../../model/configuration.ts';
import { readLinkToken } from '../../model/links.ts';
import { answerArticle } from '../kit/answer.ts';
import type { PageContext } from '../kit/page-context.ts';
import type { Handlers } from '../kit/route.ts';
import type { WingParts } from '../kit/wing.ts';
import { acknowledgedPage, acknowledgePage, wrongLinkPage } from './views.ts';

/**
 * Acknowledges an alert by its signed link. GET asks for confirmation, because link scanners follow
 * links; POST acknowledges and is idempotent.
 */
export function acknowledgeHandlers(wing: WingParts): Handlers {
  const { store, signer, configuration, clock } = wing;
  return {
    GET: async (c: PageContext) => answer(c, await find(tokenOf(c)), configuration),
    POST: async (c: PageContext) => {
      const alert = await find(tokenOf(c));
      if (alert) await store.acknowledgeAlert(alert.id, clock.now());
      return answer(c, alert && (await store.alert(alert.id)), configuration);
    },
  };

  /** The alert of a link; null when the link is invalid. */
  async function find(token: string): Promise<Alert | null> {
    const claim = readLinkToken(token, { purpose: 'acknowledge', signer, now: clock.now() });
    return typeof claim === 'string' ? null : store.alert(claim.subject);
  }
}

function tokenOf(c: PageContext): string {
  return c.req.query('t') ?? '';
}

/** The page of an alert in its current state. */
function answer(c: PageContext, alert: Alert | null, configuration: Configuration): Response {
  const token = tokenOf(c);
  const context = { words: c.var.words, configuration };
  const is_done = alert && (alert.acknowledged_at ?? alert.resolved_at) !== null;
  const body = !alert
    ? wrongLinkPage(context)
    : is_done
      ? acknowledgedPage(alert, context)
      : acknowledgePage(alert, token, context);
  const path = alert ? `alerts/acknowledge?t=${token}` : '';
  const article = { title: null, description: '', path, body, styles: ['forms'] as const };
  return answerArticle(c, article, alert ? 200 : 404);
}
