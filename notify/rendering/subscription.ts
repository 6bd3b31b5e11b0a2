import type { Announcement, RenderContext } from '../../channels/kit/announcement.ts';
import type { Payload } from '../../channels/kit/message.ts';
import { systemName } from '../../model/names.ts';

/**
 * Asks the address whether it wants to be told, or tells one that is subscribed already how to
 * change that.
 */
export function subscriptionAnnouncement(
  { subscriber }: Extract<Payload, { subject: 'subscription' }>,
  { message, configuration, words, say }: RenderContext,
): Announcement {
  const title = words.name(configuration.page.title);
  const { links } = message.to;
  if (!links) throw new Error('a subscription is told to its subscriber alone');
  if (subscriber.status === 'active') {
    return {
      title: say('subscription.known_title', { title }),
      body: [say('subscription.known', { title })],
      facts: [],
      actions: [{ text: say('subscription.manage'), url: links.manage }],
      simulated: false,
    };
  }
  const systems = subscriber.systems?.map((id) => words.name(systemName(id, configuration)));
  return {
    title: say('subscription.title', { title }),
    body: [say('subscription.asked', { title }), say('subscription.not_me')],
    facts: [
      {
        term: say('subscription.systems'),
        text: systems ? words.list(systems) : say('subscription.all_systems'),
      },
      {
        term: say('subscription.kinds'),
        text: words.list(subscriber.kinds.map((kind) => say(`subscription.${kind}`))),
      },
    ],
    actions: [{ text: say('subscription.confirm'), url: links.confirm }],
    simulated: false,
  };
}
