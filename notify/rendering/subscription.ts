import type { Announcement } from '../../channels/kit/announcement.ts';
import type { Payload } from '../../channels/kit/message.ts';
import { systemName } from '../../model/names.ts';
import type { RenderContext } from './context.ts';

/** Asks for confirmation of a subscription, or links an active subscriber to the settings. */
export function subscriptionAnnouncement(
  { subscriber }: Extract<Payload, { subject: 'subscription' }>,
  { message, configuration, words }: RenderContext,
): Announcement {
  const title = words.name(configuration.page.title);
  const { links } = message.to;
  if (!links) throw new Error('a subscription request is sent to its subscriber only');
  if (subscriber.status === 'active') {
    return {
      title: words.text('subscription.known_title', { title }),
      body: [words.text('subscription.known', { title })],
      facts: [],
      actions: [{ text: words.text('subscription.manage'), url: links.manage }],
      simulated: false,
    };
  }
  const systems = subscriber.systems?.map((id) => words.name(systemName(id, configuration)));
  return {
    title: words.text('subscription.title', { title }),
    body: [words.text('subscription.asked', { title }), words.text('subscription.not_me')],
    facts: [
      {
        term: words.text('subscription.systems'),
        text: systems ? words.list(systems) : words.text('subscription.all_systems'),
      },
      {
        term: words.text('subscription.kinds'),
        text: words.list(subscriber.kinds.map((kind) => words.text(`subscription.${kind}`))),
      },
    ],
    actions: [{ text: words.text('subscription.confirm'), url: links.confirm }],
    simulated: false,
  };
}
