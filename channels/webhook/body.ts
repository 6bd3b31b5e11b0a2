import { alertEnd, alertLength } from '../../model/alert.ts';
import type { PageSettings } from '../../model/configuration.ts';
import { iso, isoOrNull } from '../../model/time.ts';
import { alertFields } from '../kit/alert-fields.ts';
import type { Announcement, Render } from '../kit/announcement.ts';
import type { Message, Payload } from '../kit/message.ts';
import { incidentStatusTold } from '../kit/told-status.ts';

/**
 * The webhook payload: type, timestamp, the text of the message, and the same as structured data.
 */
export function webhookBody(message: Message, render: Render, page: PageSettings) {
  const { announcement, words } = render(message);
  const { notice, payload, to } = message;
  const { title, body, facts, actions, simulated } = announcement;
  return {
    // The first word is the subject, e.g. incident.opened.
    type: notice.kind.replace('_', '.'),
    timestamp: iso(notice.created_at),
    data: {
      language: to.locale,
      title,
      text: body.join('\n'),
      facts: facts.map(({ term, text }) => ({ name: term, text })),
      links: actions.map(({ text, url }) => ({ name: text, url })),
      unofficial: words.text('page.unofficial', {
        operator: words.name(page.operator),
      }),
      simulated,
      ...detailsOf(payload, announcement, message),
      ...(to.links ? { manage_url: to.links.manage, unsubscribe_url: to.links.unsubscribe } : {}),
    },
  };
}

function detailsOf(payload: Payload, announcement: Announcement, { to }: Message) {
  switch (payload.subject) {
    case 'incident': {
      const { id, system, functions, components, impact, started_at, resolved_at } =
        payload.incident;
      const status = incidentStatusTold(payload);
      const times = { started_at: iso(started_at), resolved_at: isoOrNull(resolved_at) };
      return { incident: { id, system, functions, components, impact, status, ...times } };
    }
    case 'maintenance': {
      const { id, components, announced_from, announced_until, revision } = payload.maintenance;
      const { actual_from, actual_until, expected_recovery_at } = payload.maintenance;
      return {
        maintenance: {
          id,
          status: payload.update.status,
          components,
          revision,
          announced_from: iso(announced_from),
          announced_until: iso(announced_until),
          expected_recovery_at: iso(expected_recovery_at),
          actual_from: isoOrNull(actual_from),
          actual_until: isoOrNull(actual_until),
        },
      };
    }
    case 'subscription':
      return payload.subscriber.status === 'pending' ? { confirm_url: to.links?.confirm } : {};
    case 'alert': {
      const { id, kind, subject, state, error, since, opened_at } = payload.alert;
      const lasted_ms = alertLength(payload.alert, payload.bad_time);
      return {
        alert: {
          id,
          kind,
          subject,
          state,
          error,
          since: iso(since),
          opened_at: iso(opened_at),
          acknowledged_at: isoOrNull(payload.alert.acknowledged_at),
          acknowledged_by: payload.alert.acknowledged_by,
          resolved_at: isoOrNull(alertEnd(payload.alert)),
          duration_seconds: lasted_ms === null ? null : lasted_ms / 1_000,
          ...(announcement.alert ? alertFields(announcement.alert) : {}),
        },
      };
    }
  }
}
