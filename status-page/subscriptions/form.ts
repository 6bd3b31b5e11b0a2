import type { SubscriptionKey } from '../../messages/index.ts';

/** A choice as the form sent it, right or wrong. */
export interface ChoiceInput {
  scope: 'all' | 'some';
  systems: readonly string[];
  kinds: readonly string[];
  locale: string;
}

/** A sign-up as the form sent it, right or wrong. */
export interface SignUpInput extends ChoiceInput {
  channel: string;
  email: string;
  url: string;
}

/** A field and what is wrong with it. */
export interface FieldProblem {
  field: 'channel' | 'email' | 'url' | 'systems' | 'kinds' | 'locale';
  message: SubscriptionKey;
}
