import type { PlanField } from '../../../model/maintenance/difference.ts';
import type { Comparison } from '../comparison.ts';
import { undecided } from '../comparison.ts';
import { type AdminContext, formTokenOf } from '../context.ts';
import { enteredFields } from '../fields.ts';
import type { ComparisonForm, ProblemTexts } from '../view-models.ts';
import { comparisonPage } from '../views/comparison.ts';
import { answerAdmin } from './answer.ts';
import type { AdminWing } from './wing.ts';

export interface ComparisonAnswer extends Pick<ComparisonForm, 'comparison' | 'buttons'> {
  /** The last part of the address to which it is sent. */
  action: 'edit' | 'extend';
  /** The fields of the form. */
  fields: readonly PlanField[];
}

/**
 * The form compared with how things stand: 409 when that was not shown yet, 422 when something was
 * not chosen.
 */
export function answerComparison(
  c: AdminContext,
  { groups }: AdminWing,
  { comparison, buttons, action, fields }: ComparisonAnswer,
): Response {
  const { words, page } = c.var;
  const { now, values, is_current } = comparison;
  const back = `maintenances/${now.id}`;
  const form: ComparisonForm = {
    comparison,
    buttons,
    groups,
    back,
    at: `${back}/${action}`,
    form_token: formTokenOf(c),
    zone: page.zone,
    problems: is_current ? unansweredTexts(comparison, c) : {},
    entered: enteredFields(values).filter(([name]) =>
      fields.some((field) => name === field || name === `${field}.offset`),
    ),
  };
  return answerAdmin(c, comparisonPage(words, form), is_current ? 422 : 409);
}

function unansweredTexts(comparison: Comparison, c: AdminContext): ProblemTexts {
  const text = c.var.words.text('difference.choose');
  return Object.fromEntries(undecided(comparison).map((field) => [field, text]));
}
