import type { Announcement, Render } from '../../channels/kit/announcement.ts';
import type { Message, ToldMatter } from '../../channels/kit/message.ts';
import { createWords } from '../../messages/catalogue.ts';
import type { Words } from '../../messages/index.ts';
import type { Configuration } from '../../model/configuration.ts';
import { isEnd } from '../../model/overtaken.ts';
import type { Signer } from '../../model/ports.ts';
import { alertAnnouncement } from './alert.ts';
import type { RenderContext } from './context.ts';
import { incidentAnnouncement } from './incident.ts';
import { maintenanceAnnouncement } from './maintenance.ts';
import { subscriptionAnnouncement } from './subscription.ts';

/** Creates the renderer of messages; links are signed. */
export function createRender(configuration: Configuration, signer: Signer): Render {
  return (message) => {
    const words = createWords({
      locale: message.to.locale,
      zone: configuration.page.zone,
      now: () => message.notice.created_at,
      in_full: true,
    });
    const announcements = lastingFirst(message).map((told) =>
      announcementOf({ message: { ...message, ...told }, configuration, signer, words }),
    );
    return { announcement: inOne(announcements, words), words };
  };
}

/** So that no title says that something is over while more below is not. */
function lastingFirst({ others = [], ...first }: Message): ToldMatter[] {
  return [first, ...others].toSorted((a, b) => rank(a) - rank(b));
}

const rank = ({ notice }: ToldMatter) => Number(isEnd(notice.kind));

/** Those of several matters, under the title of the first, with a list of them all. */
function inOne(parts: readonly Announcement[], words: Words): Announcement {
  const [first, ...others] = parts as [Announcement, ...Announcement[]];
  if (others.length === 0) return first;
  return {
    title: words.text('title.with_others', { title: first.title, n: others.length }),
    body: [parts.map((it) => it.title).join('\n')],
    facts: [],
    actions: [],
    simulated: parts.some((it) => it.simulated),
    parts,
  };
}

function announcementOf(context: RenderContext): Announcement {
  const { payload } = context.message;
  switch (payload.subject) {
    case 'incident':
      return incidentAnnouncement(payload, context);
    case 'maintenance':
      return maintenanceAnnouncement(payload, context);
    case 'subscription':
      return subscriptionAnnouncement(payload, context);
    case 'alert':
      return alertAnnouncement(payload, context);
  }
}
