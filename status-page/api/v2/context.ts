import type { Words } from '../../../messages/index.ts';
import type { StatusOverview } from '../../../model/overview.ts';

/** Context of all parts of a document. */
export interface V2Context {
  overview: StatusOverview;
  words: Words;
  page: { id: string };
  /** Of groups and components, by id. */
  names: ReadonlyMap<string, string>;
}
