import { z } from 'zod';
import { DATABASE_NAMES } from '../config/environment.ts';

/** The first member of an archive. */
export const MANIFEST_NAME = 'manifest.json';
/** It has some hundred bytes. */
export const MANIFEST_LIMIT_BYTES = 64 * 1024;

const memberSchema = z.object({
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const manifestSchema = z.object({
  format: z.literal(1),
  /** Version of the product that wrote it. */
  version: z.string().max(100),
  /** Name of the last migration of the database. */
  schema: z.string().max(100),
  /** Id of the installation; null: it was never used. */
  installation: z.string().max(100).nullable(),
  /** All that was recorded before is in it. */
  taken_at: z.iso.datetime(),
  database: memberSchema.extend({ name: z.enum(DATABASE_NAMES) }),
  /** null: the installation had none yet. */
  key: memberSchema.nullable(),
});

/** What an archive says of itself. */
export type Manifest = z.infer<typeof manifestSchema>;

/** What a file must be to be the one that was backed up. */
export type Digest = z.infer<typeof memberSchema>;

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The manifest in a text, or what is wrong with it, in words that end a sentence. */
export function readManifest(text: string): Manifest | { problem: string } {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return { problem: 'its manifest is not JSON' };
  }
  const read = manifestSchema.safeParse(given);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  return { problem: `its manifest has at ${issue?.path.join('.')}: ${issue?.message}` };
}
