import type { Words } from '../../../messages/index.ts';
import type { PageSettings } from '../../../model/configuration.ts';
import { siteAddress } from '../../../model/site-address.ts';
import { iso } from '../../../model/time.ts';
import type { FeedEntry } from './entry.ts';
import type { Identity } from './identity.ts';

/** Entries as JSON Feed 1.1 (jsonfeed.org/version/1.1). */
export function jsonFeed(
  entries: readonly FeedEntry[],
  { public_url, title, operator }: PageSettings,
  { identity, words }: { identity: Identity; words: Words },
) {
  const here = siteAddress(public_url, `/${words.locale}`);
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: words.text('feed.title', { title: words.name(title) }),
    home_page_url: `${here}/`,
    feed_url: `${here}/history.json`,
    description: words.text('page.unofficial', { operator: words.name(operator) }),
    language: words.locale,
    authors: [{ name: words.name(operator) }],
    items: entries.map((entry) => ({
      id: identity.uri(`${entry.kind}/${entry.id}`),
      url: entry.link,
      title: entry.title,
      content_html: entry.paragraphs.join(''),
      date_published: iso(entry.published_at),
      date_modified: iso(entry.updated_at),
    })),
  };
}
