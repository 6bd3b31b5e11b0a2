import type { Words } from '../../messages/index.ts';

/** A choice as submitted, not validated. */
export interface ChoiceInput {
  scope: 'all' | 'some';
  systems: readonly string[];
  kinds: readonly string[];
  locale: string;
}

/** A sign-up as submitted, not validated. */
export interface SignUpInput extends ChoiceInput {
  channel: string;
  /** The address entered for each channel. */
  addresses: Readonly<Record<string, string>>;
}

/** A field and its problem. */
export interface FieldProblem {
  /** Id of the field. */
  field: string;
  text(words: Words): string;
}
