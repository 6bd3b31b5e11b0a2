import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const MODEL = join(import.meta.dirname, '../../model');

/** What only servers load. */
const SERVERS_ONLY = ['journey-id.ts', 'run-identity.ts'];

it('runs in browsers too: the model uses nothing that only servers have', () => {
  const files = readdirSync(MODEL, { recursive: true, encoding: 'utf8' });
  const needy = files.filter(
    (name) =>
      name.endsWith('.ts') &&
      /from 'node:|\bprocess\.\w|\bBuffer\b/.test(readFileSync(join(MODEL, name), 'utf8')),
  );
  expect(needy).toEqual(SERVERS_ONLY);
});
