import type { Words } from '../../messages/index.ts';

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
  /** What was entered for each channel. */
  addresses: Readonly<Record<string, string>>;
}

/** A field and what is wrong with it. */
export interface FieldProblem {
  /** Id of the field. */
  field: string;
  text(words: Words): string;
}
