import type { Words } from '../../../messages/index.ts';
import type { StatusOverview } from '../../../model/overview.ts';
import type { V2Component } from './schemas.ts';

/** What components are told from. */
export interface ComponentContext {
  overview: StatusOverview;
  words: Words;
  page: { id: string };
  /** Of groups and components, by id. */
  names: ReadonlyMap<string, string>;
}

/** Context of all parts of a document. */
export interface V2Context extends ComponentContext {
  /** Each as in components.json. */
  components: readonly V2Component[];
}
