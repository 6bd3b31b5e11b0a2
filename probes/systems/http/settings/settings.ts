import { settingsShape } from './shape.ts';
import { stepProblems } from './step-problems.ts';
import { valueProblems } from './value-problems.ts';

/** Steps by function, and what they have in common. Without any, only `reach` is measured. */
export const httpSettings = settingsShape
  .superRefine((settings, context) => {
    for (const { path, message } of [...valueProblems(settings), ...stepProblems(settings)]) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  })
  .prefault({});
