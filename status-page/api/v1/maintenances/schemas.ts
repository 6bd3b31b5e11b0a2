import { z } from '@hono/zod-openapi';
import { byLocale } from '../../../../model/languages.ts';
import { MAINTENANCE_STATUSES, MAINTENANCE_UPDATE_CODES } from '../../../../model/maintenance.ts';
import { type Localized, REQUIRED_LOCALES } from '../../../../model/vocabulary.ts';

/** Schemas of the administration API, from which its description is generated. */

const TIME_EXPECTED = 'expected a time with its zone, such as 2026-12-01T22:00:00+08:00';

const time = z.iso.datetime({ offset: true, error: TIME_EXPECTED }).openapi({
  description: 'ISO 8601 with a zone.',
  example: '2026-12-01T22:00:00+08:00',
});

const texts = {
  ...byLocale(() => z.string().exactOptional()),
  ...Object.fromEntries(REQUIRED_LOCALES.map((locale) => [locale, z.string()])),
};
const localized = (z.strictObject(texts) as z.ZodType<Localized>).openapi('Localized', {
  description: 'Plain text in every language. HTML is shown as it is written, never interpreted.',
});

const textsInput = z
  .strictObject({
    title: localized,
    description: localized,
    stays_open: localized.nullable().default(null),
    workaround: localized.nullable().default(null),
  })
  .openapi('MaintenanceTexts');

const updateText = {
  text: localized.nullable().default(null).openapi({
    description: "A person's words that go with it; up to 2,000 characters.",
  }),
};

const plan = {
  components: z
    .array(z.string())
    .openapi({ description: 'Affected functions.', example: ['beijing.download'] }),
  texts: textsInput,
  announced_from: time,
  announced_until: time,
  expected_recovery_at: time.openapi({
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
    announced_until: time,
    expected_recovery_at: time.optional().openapi({
      description: 'Without it: as before, or the new end if that is later.',
    }),
    ...updateText,
  })
  .openapi('MaintenanceExtension');

export const updateInput = z.strictObject({ text: localized }).openapi('NewMaintenanceUpdate');

const instant = z.iso.datetime();

export const update = z
  .object({
    id: z.string(),
    code: z.enum(MAINTENANCE_UPDATE_CODES),
    status: z.enum(MAINTENANCE_STATUSES),
    text: localized.nullable(),
    created_at: instant,
  })
  .openapi('MaintenanceUpdate');

export const maintenance = z
  .object({
    id: z.string(),
    status: z.enum(MAINTENANCE_STATUSES),
    components: z.array(z.string()),
    texts: z
      .object({
        title: localized,
        description: localized,
        stays_open: localized.nullable(),
        workaround: localized.nullable(),
      })
      .openapi('MaintenanceTextsGiven'),
    announced_from: instant,
    announced_until: instant,
    expected_recovery_at: instant,
    actual_from: instant.nullable(),
    actual_until: instant.nullable(),
    notice_seconds: z.number().int().openapi({
      description:
        'How long before its start it must be published for what is down in it not to count.',
    }),
    published_at: instant.nullable().openapi({ description: 'Of this revision; null: a draft.' }),
    revision: z.number().int(),
    created_at: instant,
    updated_at: instant,
    url: z.url().nullable().openapi({ description: 'The public page; null: a draft has none.' }),
    updates: z.array(update).openapi({ description: 'Oldest first.' }),
  })
  .openapi('Maintenance');

export const maintenanceList = z
  .object({ maintenances: z.array(maintenance) })
  .openapi('MaintenanceList');

const fieldError = z
  .object({
    pointer: z.string().optional().openapi({
      description: 'JSON Pointer into the body.',
      example: '#/texts/title/en',
    }),
    parameter: z.string().optional().openapi({ description: 'Of the path or the query.' }),
    header: z.string().optional(),
    detail: z.string().openapi({ description: 'What was expected.' }),
  })
  .openapi('FieldError');

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

export const problemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    errors: z.array(fieldError).optional(),
    differences: z.array(fieldDifference).optional().openapi({
      description: 'Of 412: the fields that differ.',
    }),
  })
  .openapi('Problem', { description: 'RFC 9457.' });

export const idParameter = z.object({
  id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 'k3v9x0q2m7ab' }),
});

const MAX_LISTED = 100;

export const listQuery = z.object({
  status: z
    .union([z.enum(MAINTENANCE_STATUSES), z.array(z.enum(MAINTENANCE_STATUSES))])
    .optional()
    .openapi({ description: 'Only these; may be repeated.' }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_LISTED)
    .default(MAX_LISTED)
    .openapi({ description: 'Newest start first.' }),
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
