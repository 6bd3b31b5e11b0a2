import { CATALOGUES } from '../../../../messages/catalogue.ts';
import { createText } from '../../../../messages/index.ts';
import type { ProblemWords } from '../../../../messages/problems.ts';
import { iso } from '../../../../model/time.ts';

/** Problems are rendered for API clients. */
export const WORDING: ProblemWords = {
  text: createText(CATALOGUES, 'en'),
  time: iso,
  status: (status) => status,
  list: (items) => items.join(', '),
};
