import type { ComponentView, Headline, OwnTroubleView } from '../../model/overview.ts';
import type { EpochMs, Localized } from '../../model/vocabulary.ts';

/** Path of the live stream: server-sent events of the two kinds below. */
export const LIVE_PATH = '/live';

/** What a document is told when parts of it were replaced. */
export const REFRESHED = 'refreshed';

/** Event `components`: changed components; on connect, all of them in several events. */
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
