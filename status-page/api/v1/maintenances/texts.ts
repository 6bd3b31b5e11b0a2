import { z } from '@hono/zod-openapi';
import { maintenanceProblemText } from '../../../../messages/problems.ts';
import { byLocale } from '../../../../model/languages.ts';
import {
  characterCount,
  isBlank,
  isPrintable,
  printablePattern,
  TEXT_LIMIT,
  TITLE_LIMIT,
} from '../../../../model/maintenance/texts.ts';
import { type Localized, REQUIRED_LOCALES } from '../../../../model/vocabulary.ts';
import { WORDING } from './wording.ts';

/** Texts of administrators, with the limits that the description of the API names. */

interface TextLimits {
  limit: number;
  one_line?: boolean;
}

/** A text in the required languages; in others if it is given. */
function localizedInput(name: string, limits: TextLimits) {
  const required = Object.fromEntries(
    REQUIRED_LOCALES.map((locale) => [locale, textInput({ ...limits, may_be_blank: false })]),
  );
  const texts = {
    ...byLocale(() => textInput({ ...limits, may_be_blank: true }).optional()),
    ...required,
  };
  return (z.strictObject(texts) as z.ZodType<Localized>).openapi(name, {
    description: 'Plain text in every language. HTML is shown as it is written, never interpreted.',
  });
}

export const titleInput = localizedInput('MaintenanceTitle', {
  limit: TITLE_LIMIT,
  one_line: true,
});
export const textInLanguages = localizedInput('MaintenanceText', { limit: TEXT_LIMIT });

function textInput({
  limit,
  one_line = false,
  may_be_blank,
}: TextLimits & { may_be_blank: boolean }) {
  return z
    .string()
    .refine((text) => may_be_blank || !isBlank(text), told({ code: 'missing_text' }))
    .refine((text) => characterCount(text) <= limit, told({ code: 'too_long', limit }))
    .refine((text) => isPrintable(text, { one_line }), told({ code: 'control_characters' }))
    .openapi({
      ...(may_be_blank ? {} : { minLength: 1 }),
      maxLength: limit,
      pattern: printablePattern({ one_line, may_be_blank }),
    });
}

function told(problem: { code: 'missing_text' | 'control_characters' } | TooLong) {
  return { error: () => maintenanceProblemText({ field: '', ...problem }, WORDING) };
}

interface TooLong {
  code: 'too_long';
  limit: number;
}
