import { expect, test } from 'vitest';
import { siteOf } from '../../../collector/state/site.ts';
import { type Causes, commonCause } from '../../../model/incident/common-cause.ts';
import { MINUTE, SECOND } from '../../../model/time.ts';
import { configuration } from '../../collector/configuration.ts';
import { incident, T0 } from '../builders.ts';

const CAUSES: Causes = new Map([
  ['a.sync', new Set(['a.sync', 'system platform'])],
  ['b.sync', new Set(['b.sync', 'system platform'])],
  ['c.query', new Set(['c.query', 'system c'])],
]);
const begun = (id: string, component: string, after_ms: number, cause: string | null = null) =>
  incident({
    id,
    cause,
    system: component.slice(0, 1),
    components: [component],
    started_at: T0 + after_ms,
    created_at: T0 + after_ms,
  });
const first = begun('first', 'a.sync', 0);

test.each<[string, ReturnType<typeof begun>, string | null]>([
  ['two that look at the same', begun('second', 'b.sync', MINUTE), 'first'],
  ['one that began later', begun('second', 'b.sync', MINUTE + SECOND), null],
  ['one that began earlier, and was found now', begun('second', 'b.sync', -MINUTE), 'first'],
  ['one of another cause', begun('second', 'c.query', 0), null],
  ['one of the same system', begun('second', 'a.sync', 0), null],
  ['one that nothing is declared of', begun('second', 'd.query', 0), null],
])('the cause of %s', (_, second, cause) => {
  expect(commonCause(second, [first], CAUSES)).toBe(cause);
});

test('a third one has the cause of the first', () => {
  const second = begun('second', 'b.sync', 30 * SECOND, 'first');
  expect(commonCause(begun('third', 'a.sync', 0), [second], CAUSES)).toBe('first');
});

test('declared are what a function depends on, what it looks at, and the same server', () => {
  const given = configuration();
  const systems = given.systems.map((it) => ({ ...it, url: `https://tax.example/${it.id}` }));
  const sets = (settings: typeof given, component: string) =>
    [...(siteOf(settings).causes.get(component) ?? [])].toSorted();
  const depends_on = { 'shop.upload': ['bureau.query'] };
  expect(sets({ ...given, depends_on }, 'shop.upload')).toEqual([
    'bureau.query',
    'shop.upload',
    'system shop',
  ]);
  expect(sets({ ...given, systems }, 'bureau.query')).toEqual([
    'bureau.query',
    'server tax.example',
    'system bureau',
  ]);
  const sync = given.checks.find((it) => !('schedule' in it));
  expect(sets(given, `${sync?.system}.${sync?.function}`)).toContain('system bureau');
});
