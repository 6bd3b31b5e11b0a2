import { describe, expect, it } from 'vitest';
import type { SiteParts } from '../probes/http/portal.ts';
import { problemsOfSite } from './http-problems.ts';

describe('a request that may change something', () => {
  const POST = 'reach: [{ post: /search, form: { a: 1 } }]';
  const PORTAL = { url: 'https://portal.example.org' };
  const TAX = { url: 'https://dppt.beijing.chinatax.gov.cn' };

  it.each<[string, string, Partial<SiteParts>, string[]]>([
    [
      'is refused in production',
      POST,
      { ...PORTAL, environment: 'production' },
      [expect.stringMatching(/^reach\.0\.post: the system is marked production; .*say safe: true/)],
    ],
    ['is sent to a sandbox', POST, { ...PORTAL, environment: 'sandbox' }, []],
    [
      'is refused at production hosts, whatever the configuration calls them',
      POST,
      { ...TAX, environment: 'sandbox' },
      [expect.stringMatching(/^reach\.0\.post: .* is a production system \(gov\.cn\)/)],
    ],
    ...[
      '{ get: /a, headers: { X-HTTP-Method-Override: DELETE } }',
      '{ get: /a, headers: { x-method-override: PUT } }',
      '{ get: /a, query: { _method: delete } }',
      "{ head: '/a?b=1&_method=delete' }",
    ].map((step): [string, string, Partial<SiteParts>, string[]] => [
      `is refused by the method that it names: ${step}`,
      `reach: [${step}]`,
      { ...PORTAL, environment: 'production' },
      [expect.stringMatching(/^reach\.0\.(get|head): the system is marked production; /)],
    ]),
    [
      'is sent where it is safe',
      POST.replace('form', 'safe: true, form'),
      { ...PORTAL, environment: 'production' },
      [],
    ],
  ])('%s', (_, settings, more, expected) => {
    expect(problemsOfSite(settings, more)).toEqual(expected);
  });

  it.each(['upload', 'issue'])('is refused as %s in production, safe or not', (fn) => {
    const settings = `${fn}: [{ post: /, safe: true, expect: { text: done } }]`;
    const more = { functions: [fn], environment: 'production' };
    const [problem = ''] = problemsOfSite(settings, more);
    expect(problem).toContain(`checks.${fn}.function: "${fn}" writes`);
  });
});
