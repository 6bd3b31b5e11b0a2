import { z } from '@hono/zod-openapi';
import { byLocale } from '../../../../model/languages.ts';
import { MAINTENANCE_STATUSES, MAINTENANCE_UPDATE_CODES } from '../../../../model/maintenance.ts';
import { REQUIRED_LOCALES, type RequiredLocale } from '../../../../model/vocabulary.ts';
import {
  componentName,
  count,
  entityId,
  instant,
  orNull,
  problemWith,
  timeWithZone,
} from '../../../kit/described.ts';
import { textInLanguages, titleInput } from './texts.ts';
import { WORDING } from './wording.ts';

/** Schemas of the administration API, from which its description is generated. */

const TIME_EXPECTED = 'expected a time with its zone, such as 2026-12-01T22:00:00+08:00';

function time(example: string) {
  return timeWithZone(TIME_EXPECTED).openapi({ description: 'ISO 8601 with a zone.', example });
}

const UNTIL = '2026-12-01T23:30:00+08:00';
const RECOVERED = '2026-12-02T00:00:00+08:00';

const textsInput = z
  .strictObject({
    title: titleInput,
    description: textInLanguages,
    stays_open: orNull(textInLanguages).default(null),
    workaround: orNull(textInLanguages).default(null),
  })
  .openapi('MaintenanceTexts');

const updateText = {
  text: orNull(textInLanguages).default(null).openapi({
    description: "A person's words that go with it.",
  }),
};

const NO_COMPONENTS = { error: () => WORDING.text('problem.no_components') };
/** Of the id of a function: system and function. */
const MAX_NAME = 127;
/** More functions than any page has. */
const MAX_SCOPE = 1_000;

const plan = {
  components: z
    .array(z.string().max(MAX_NAME), NO_COMPONENTS)
    .min(1, NO_COMPONENTS)
    .max(MAX_SCOPE)
    .openapi({ description: 'Affected functions.', example: ['beijing.download'] }),
  texts: textsInput,
  announced_from: time('2026-12-01T22:00:00+08:00'),
  announced_until: time(UNTIL),
  expected_recovery_at: time(RECOVERED).openapi({
    description: 'When people can use everything again; not before the end.',
  }),
};

export const createInput = z
  .strictObject({
    ...plan,
    announce: z.boolean().default(false).openapi({
      description: 'true: published at once; false: a draft, which nobody is told of.',
    }),
    ...updateText,
  })
  .openapi('NewMaintenance');

export const reviseInput = z
  .strictObject({ ...plan, ...updateText })
  .openapi('MaintenanceRevision');

export const actionInput = z.strictObject(updateText).openapi('MaintenanceAction');

export const extendInput = z
  .strictObject({
    announced_until: time(UNTIL),
    expected_recovery_at: time(RECOVERED).optional().openapi({
      description: 'Without it: as before, or the new end if that is later.',
    }),
    ...updateText,
  })
  .openapi('MaintenanceExtension');

export const updateInput = z
  .strictObject({ text: textInLanguages })
  .openapi('NewMaintenanceUpdate');

const MAX_LISTED = 100;

const REQUIRED_TEXTS = Object.fromEntries(
  REQUIRED_LOCALES.map((locale) => [locale, z.string()]),
) as Record<RequiredLocale, z.ZodString>;
const localized = z
  .object({ ...byLocale(() => z.string().optional()), ...REQUIRED_TEXTS })
  .openapi('Localized', { description: 'Plain text in the languages in which it was given.' });

export const update = z
  .object({
    id: entityId,
    code: z.enum(MAINTENANCE_UPDATE_CODES),
    status: z.enum(MAINTENANCE_STATUSES),
    text: orNull(localized),
    created_at: instant,
  })
  .openapi('MaintenanceUpdate');

export const maintenance = z
  .object({
    id: entityId,
    status: z.enum(MAINTENANCE_STATUSES),
    components: z.array(componentName).min(1),
    texts: z
      .object({
        title: localized,
        description: localized,
        stays_open: orNull(localized),
        workaround: orNull(localized),
      })
      .openapi('MaintenanceTextsGiven'),
    announced_from: instant,
    announced_until: instant,
    expected_recovery_at: instant,
    actual_from: instant.nullable(),
    actual_until: instant.nullable(),
    notice_seconds: count.openapi({
      description:
        'How long before its start it must be published for what is down in it not to count.',
    }),
    published_at: instant.nullable().openapi({ description: 'Of this revision; null: a draft.' }),
    revision: z.number().int().min(1),
    created_at: instant,
    updated_at: instant,
    url: z.url().nullable().openapi({ description: 'The public page; null: a draft has none.' }),
    updates: z.array(update).openapi({ description: 'Oldest first.' }),
  })
  .openapi('Maintenance');

export const maintenanceList = z
  .object({ maintenances: z.array(maintenance).max(MAX_LISTED) })
  .openapi('MaintenanceList');

const planValue = z.union([z.string(), z.array(z.string())]);

export const fieldDifference = z
  .object({
    pointer: z.string().openapi({
      description: 'JSON Pointer into the maintenance.',
      example: '#/announced_until',
    }),
    seen: planValue.optional().openapi({ description: 'Of the revision of If-Match.' }),
    current: planValue,
    sent: planValue.optional().openapi({ description: 'Absent when the request changes no plan.' }),
    changed_by: z.enum(['mine', 'theirs', 'both']).openapi({
      description: 'Whether your request, somebody else meanwhile, or both changed it.',
    }),
  })
  .openapi('FieldDifference', { description: 'A field in which a plan is not as it was seen.' });

export const staleDocument = problemWith('StaleMaintenance', {
  differences: z.array(fieldDifference).openapi({ description: 'The fields that differ.' }),
});

export const idParameter = z.object({
  id: z.string().openapi({
    param: { name: 'id', in: 'path' },
    example: 'k3v9x0q2m7ab',
    // Another is not there: 404.
    pattern: '^[a-z0-9]{12}$',
  }),
});

const MAX_STATUSES = 20;
const statuses = z.array(z.enum(MAINTENANCE_STATUSES)).max(MAX_STATUSES);
const LIMIT_EXPECTED = `expected a whole number from 1 to ${MAX_LISTED}`;

export const listQuery = z.object({
  status: z
    .preprocess((value) => (value === undefined ? value : [value].flat()), statuses.optional())
    .openapi({
      description: 'Only these; may be repeated.',
      type: 'array',
      items: { type: 'string', enum: [...MAINTENANCE_STATUSES] },
      maxItems: MAX_STATUSES,
    }),
  limit: z
    .string()
    .regex(/^\d{1,4}$/, LIMIT_EXPECTED)
    .transform(Number)
    .pipe(z.number().int().min(1, LIMIT_EXPECTED).max(MAX_LISTED, LIMIT_EXPECTED))
    .default(MAX_LISTED)
    .openapi({
      description: 'Newest start first.',
      type: 'integer',
      minimum: 1,
      maximum: MAX_LISTED,
    }),
});

/** Printable, so that clients can log it. */
export const keyHeader = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,128}$/, 'expected 1 to 128 printable ASCII characters')
    .optional()
    .openapi({
      description: 'Sending the same request again with the same key does nothing more.',
    }),
});

export const changeHeaders = keyHeader.extend({
  'if-match': z
    .string()
    .regex(/^(\*|"[\d-]{1,40}")$/, 'expected the ETag of an earlier answer')
    .optional()
    .openapi({ description: 'The ETag of what you saw: refused with 412 if it has changed.' }),
});
