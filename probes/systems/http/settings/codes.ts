import { z } from 'zod';
import { headerName, jsonPath, xPath } from './places.ts';

/** What a code of theirs may mean; the others are said by what we saw ourselves. */
const CODE_OUTCOMES = [
  'system',
  'degraded',
  'throttled',
  'maintenance',
  'credential',
  'user_data',
] as const;

const code = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** Where a system says how it went, and what its codes mean. */
export const codeTable = z
  .strictObject({
    json: jsonPath.optional(),
    xml: xPath.optional(),
    header: headerName.optional(),
    /** Codes of success. */
    ok: z.union([code.transform((it) => [it]), z.array(code)]).default([]),
    /** Outcomes by code. */
    outcomes: z.record(z.string(), z.enum(CODE_OUTCOMES)).default({}),
  })
  .refine(
    ({ json, xml, header }) => [json, xml, header].filter((it) => it !== undefined).length === 1,
    'expected one of json, xml and header: where the code stands',
  );
export type CodeTable = z.infer<typeof codeTable>;

/** One table or several: a code that the first does not know is looked up in the next. */
export const codeTables = z.union([
  z.array(codeTable).min(1).max(10),
  codeTable.transform((it) => [it]),
]);
