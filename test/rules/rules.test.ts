import { describe, it } from 'vitest';
import { CONFIRMATIONS } from './confirmations.ts';
import { PROOF } from './proof.ts';

const ROWS = [...PROOF, ...CONFIRMATIONS];

describe.each([...Map.groupBy(ROWS, (it) => it.id)])('%s', (_, rows) => {
  it.each(rows)('$says', ({ shows }) => shows());
});
