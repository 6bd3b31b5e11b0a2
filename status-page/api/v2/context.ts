import type { Words } from '../../../messages/index.ts';
import type { StatusOverview } from '../../../model/overview.ts';

/** What every part of a document needs. */
export interface V2Context {
  overview: StatusOverview;
  words: Words;
  page: { id: string };
}
