import type { ComponentView, Headline, OwnTroubleView } from '../../model/overview.ts';
import type { EpochMs, Localized } from '../../model/vocabulary.ts';

/**
 * Path of the live stream: server-sent events of the kinds below. Parameters: `have`, the version
 * of the components that the page was made with; `components=none`, for a page that shows none.
 */
export const LIVE_PATH = '/live';

/** Id of the template with the components of the front page as JSON; its `data-version`. */
export const LIVE_DATA = 'live-data';

/** Event `begin`: whether changes of what the page was made with follow, or everything. */
export interface LiveBegin {
  from: 'page' | 'nothing';
}

/** What a document is told when parts of it were replaced. */
export const REFRESHED = 'refreshed';

/** Event `components`: changed components, in several events if there are many. */
export type LiveComponents = ComponentView[];

/**
 * Event `headline`: follows the components it sums up, from which the client derives the verdict.
 */
export interface LiveHeadline {
  headline: Omit<Headline, 'verdict'>;
  lines: Localized[];
  own_troubles: OwnTroubleView[];
  /** Differs from the page's own when its lists of incidents and maintenance are out of date. */
  lists_version: string;
  /** The server's clock, because the browser's may be wrong. */
  sent_at: EpochMs;
}
