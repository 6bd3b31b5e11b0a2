import type { Languages } from '../model/vocabulary.ts';
import { STAGES_OPERATION } from './api/v1/stages.ts';
import { v2Operations } from './api/v2/described.ts';
import type { DescribedOperation } from './kit/described.ts';
import { feedOperations } from './public/feeds/described.ts';
import { SUBSCRIBER_OPERATION } from './subscriptions/pages/subscribers-api.ts';

/** The operations of programs that are not of the API's own wing, for its description. */
export function otherOperations(languages: Languages): DescribedOperation[] {
  return [
    ...v2Operations(languages),
    SUBSCRIBER_OPERATION,
    ...feedOperations(languages),
    STAGES_OPERATION,
  ];
}
