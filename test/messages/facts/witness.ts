import type { MessageKey } from '../../../messages/index.ts';
import { witnessTexts } from '../../../messages/text.ts';
import { FACTS } from './index.ts';

/** Refuses every message in the tests whose parameters show that its fact does not hold. */
witnessTexts((key, params) => {
  const denied = FACTS[key as MessageKey]?.denied(params) ?? null;
  if (denied !== null)
    throw new Error(`"${key}" is said, but ${denied}: ${JSON.stringify(params)}`);
});
