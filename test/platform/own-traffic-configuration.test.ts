import { expect, test } from 'vitest';
import { parseText, SOUND } from './parsed-text.ts';

const parse = (check: string) => parseText(`${SOUND}  own: { system: site, ${check} }\n`);

test('a check of own traffic is of any function, whatever the driver measures', () => {
  const { checks } = parse('function: issue, source: own_traffic');
  expect(checks.find(({ id }) => id === 'own')).toEqual({
    id: 'own',
    system: 'site',
    function: 'issue',
    source: 'own_traffic',
    line: 'own_traffic',
    deadline_ms: 0,
  });
  // Beside one that is measured.
  expect(parse('function: reach, source: own_traffic').checks).toHaveLength(3);
});

const OWN = 'function: issue, source: own_traffic';

test.each([
  ['function: issue, source: erp', 'checks.own.source: expected own_traffic'],
  ['function: sync, source: own_traffic', 'checks.own.function: expected one of login, apply'],
  ['function: issue, source: own_traffic, deadline: 5s', 'checks.own.deadline'],
  [`${OWN} }\n  two: { system: site, ${OWN}`, 'checks.two.source: own is of own traffic of issue'],
])('%s is refused', (check, problem) => {
  expect(() => parse(check)).toThrow(problem);
});
