import { expect, it } from 'vitest';
import { FILES, read } from './repository.ts';
import { importsOf } from './sources.ts';

const ORACLE = 'test/month/oracle/';
const OF_A_DAY = 'test/own-day/truth.ts';

it('the oracle of the month shares no code with what it judges', () => {
  const own = FILES.filter((path) => path.startsWith(ORACLE));
  const targets = own.flatMap((path) => importsOf(path, read(path)).map(({ target }) => target));
  expect(own.length).toBeGreaterThan(0);
  expect(targets.filter((it) => !it.startsWith(ORACLE))).toEqual([]);
});

it('the truth of a day of own traffic is how the day was made', () => {
  const targets = importsOf(OF_A_DAY, read(OF_A_DAY)).map(({ target }) => target);
  expect(targets).toEqual(['model/time.ts', 'test/own-day/company.ts']);
});
