import type { Alert } from '../../model/alert.ts';
import { randomId } from '../../model/ids.ts';
import { readLinkToken } from '../../model/links.ts';
import { answerArticle } from '../kit/answer.ts';
import { limitFormBody, notAForm, readFormBody } from '../kit/form-body.ts';
import { tokenOf } from '../kit/link-token.ts';
import type { PageContext } from '../kit/page-context.ts';
import type { Handlers } from '../kit/route.ts';
import type { WingParts } from '../kit/wing.ts';
import { loadStatesById } from '../overview/components.ts';
import { readName } from './name.ts';
import { alertPage, wrongLinkPage } from './views.ts';

/** So many open alerts are listed, the newest. */
const MAX_LISTED = 50;

/**
 * Acknowledges an alert by its signed link, and lists those that are open. GET asks for a name,
 * because link scanners follow links; POST acknowledges, tells the operators, and is idempotent.
 */
export function acknowledgeHandlers(wing: WingParts): Handlers {
  const { store, reader, signer, configuration, clock } = wing;
  return {
    GET: async (c: PageContext) => answer(c, await find(tokenOf(c))),
    POST: [
      limitFormBody,
      async (c: PageContext) => {
        const alert = await find(tokenOf(c));
        if (alert === null) return answer(c, null);
        const form = await readFormBody(c);
        if (form === null) return notAForm();
        const name = readName(form.get('name'));
        if (name === null && isUnanswered(alert)) return answer(c, alert, { is_refused: true });
        if (name !== null) await acknowledge(alert, name);
        return answer(c, await store.alert(alert.id));
      },
    ],
  };

  /** The alert of a link; null when the link is invalid. */
  async function find(token: string): Promise<Alert | null> {
    const claim = readLinkToken(token, { purpose: 'acknowledge', signer, now: clock.now() });
    return typeof claim === 'string' ? null : store.alert(claim.subject);
  }

  async function acknowledge({ id }: Alert, name: string): Promise<void> {
    const told = { kind: 'alert_acknowledged', ref: id, update: null } as const;
    await store.acknowledgeAlert(name, { ...told, id: randomId(), created_at: clock.now() });
  }

  /** The page of an alert in its current state. */
  async function answer(
    c: PageContext,
    alert: Alert | null,
    { is_refused = false } = {},
  ): Promise<Response> {
    const token = tokenOf(c);
    const states = await loadStatesById(reader, clock.now());
    const context = { words: c.var.words, configuration, states };
    const body = alert
      ? alertPage({
          alert,
          form: isUnanswered(alert) ? { token, is_refused } : null,
          open: await store.alerts({ open: true, limit: MAX_LISTED }),
          signer,
          context,
        })
      : wrongLinkPage(context);
    const path = alert ? `alerts/acknowledge?t=${token}` : '';
    const article = { title: null, description: '', path, body, styles: ['forms'] as const };
    return answerArticle(c, article, alert ? (is_refused ? 422 : 200) : 404);
  }
}

function isUnanswered({ acknowledged_at, resolved_at }: Alert): boolean {
  return acknowledged_at === null && resolved_at === null;
}
