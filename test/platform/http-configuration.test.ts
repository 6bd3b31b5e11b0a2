import { describe, expect, it } from 'vitest';
import { KEYS, problemsOfSite } from './http-problems.ts';

const query = (steps: string) => `${KEYS}\nquery:\n${steps}`;
const ABSENT = '    absent: { status: 404 }';

/** One more than may be captured. */
const LETTERS = [...'abcdefghijklmnopqrstu'];

const MISUSE: [string, string, string][] = [
  [
    'a template that names an unknown value',
    `reach: [{ get: "/a/\${nmber}" }]`,
    'reach.0.get: there is no value "nmber" here; known: nonce, now_china',
  ],
  [
    'one that an earlier step does not capture',
    `reach: [{ get: "/\${a}" }, { get: /, capture: { a: { json: $.a } } }]`,
    'reach.0.get: there is no value "a" here',
  ],
  [
    'one deep in a body',
    `reach: [{ post: /, json: { a: [{ b: "x \${c}" }] } }]`,
    'reach.0.json.a.0.b: there is no value "c" here',
  ],
  [
    'a template that does not end',
    `reach: [{ get: "/\${a" }]`,
    `reach.0.get: has "\${" without "}"`,
  ],
  [
    'an unknown pipe',
    `reach: [{ get: "/\${now_s | rot13}" }]`,
    'reach.0.get: there is no "| rot13"; known: slice, upper',
  ],
  [
    'a pipe without its number',
    `reach: [{ get: "/\${now_s | slice}" }]`,
    'reach.0.get: expected "| slice',
  ],
  [
    'a JSONPath that does not parse',
    "reach: [{ get: /, expect: { json: { '$.a[': 1 } } }]",
    "reach.0.expect.json.$.a[: no JSONPath: unclosed bracketed selection ('$.a[':4)",
  ],
  [
    'one of a capture',
    "reach: [{ get: /, capture: { a: { json: 'a.b' } } }]",
    'reach.0.capture.a.json: no JSONPath: ',
  ],
  [
    'an XPath beyond the part that is read',
    "reach: [{ get: /, expect: { xml: { 'count(//a)': 1 } } }]",
    'reach.0.expect.xml.count(//a): no XPath: must be a path such as',
  ],
  [
    'an XPath with a prefix',
    "reach: [{ get: /, expect: { xml: { '//s:Body': 1 } } }]",
    'reach.0.expect.xml.//s:Body: no XPath: names an element with a prefix',
  ],
  [
    'a regular expression that is none',
    "reach: [{ get: /, capture: { a: { matches: '(' } } }]",
    'reach.0.capture.a.matches: no regular expression: Invalid regular expression: /(/u',
  ],
  [
    'a place that is none',
    'reach: [{ get: /, capture: { a: { css: b } } }]',
    'reach.0.capture.a: expected one of {json: PATH}, {xml: PATH}',
  ],
  [
    'a signing recipe without its secret',
    `sign: { method: hmac-sha256, text: "\${body}", into: { header: X-Sign } }`,
    'sign.secret: is missing; hmac-sha256 is no signature without a secret',
  ],
  [
    'one of RSA without its key',
    `sign: { method: rsa-sha256, text: "\${body}", into: { header: X-Sign } }`,
    'sign.key: is missing; rsa-sha256 signs by a key',
  ],
  [
    'a digest without the secret in its text',
    `sign: { method: md5, secret: { env: WORD }, text: "\${body}", into: { header: X-Sign } }`,
    `sign.text: must contain \${secret}`,
  ],
  [
    'a signature over the body that it is a field of',
    `sign: { method: hmac-sha1, secret: { env: WORD }, text: "\${body}", into: { field: s } }`,
    `sign.text: contains \${body}`,
  ],
  [
    'a signature in a field of no fields',
    `sign: { method: hmac-sha1, secret: { env: WORD }, text: "\${sorted}", into: { field: s } }
reach: [{ get: / }]`,
    'reach.0.get: is signed in a field, but has no form or json with fields',
  ],
  [
    'a secret in the file itself',
    'secrets: { word: hush }',
    'secrets.word: is a secret; expected {env: NAME} or {file: PATH}',
  ],
  [
    'a token in the file itself',
    'auth: { bearer: { token: hush } }',
    'auth.bearer.token: is a secret',
  ],
  [
    'two ways at once',
    'auth: { basic: { user: a, password: { env: WORD } }, bearer: { token: { env: WORD } } }',
    'auth: expected one of basic, bearer and oauth',
  ],
  [
    'a key that is none',
    'client_certificate: { certificate: { env: WORD }, key: { env: WORD } }',
    'client_certificate.key: expected a private key, PEM',
  ],
  [
    'a name that means two things',
    'values: { now_s: 1 }',
    'values.now_s: is a value of every step already',
  ],
  [
    'a step without a method',
    'reach: [{ headers: { a: b } }]',
    'reach.0: expected one of get, head, post',
  ],
  ['a step with two', 'reach: [{ get: /, post: / }]', 'reach.0: expected one of get, head, post'],
  ['two bodies', 'reach: [{ post: /, text: a, json: 1 }]', 'reach.0: expected at most one of json'],
  ['a body of GET', 'reach: [{ get: /, text: a }]', 'reach.0: get and head have no body'],
  [
    'an address of the configuration',
    'reach: [{ get: "https://a.example/" }]',
    'reach.0.get: must start with /',
  ],
  [
    'an address that was not captured',
    `reach: [{ get: "\${now_s}" }]`,
    'reach.0.get: must start with /, or be an address captured by an earlier step',
  ],
  ['an unknown key', 'reach: [{ get: /, expects: {} }]', 'reach.0.expects: is not a known key'],
  [
    'a query without its end',
    query('  - get: /'),
    'query.0.found: is missing; the last step of a query says both',
  ],
  [
    'an absence by nothing',
    query('  - get: /\n    found: { status: 200 }\n    absent: {}'),
    'query.0.absent: expected a status that says this of an invoice',
  ],
  [
    'an absence by a refusal',
    query('  - get: /\n    found: { status: 200 }\n    absent: { status: 403 }'),
    'query.0.absent: expected a status that says this of an invoice',
  ],
  [
    'a query without invoices',
    `query:\n  - get: /\n    found: { json: { $.a: 1 } }\n${ABSENT}`,
    'known: is missing; expected {number: …, issued: …} of an invoice',
  ],
  [
    'no unit',
    'reach: [{ get: /, repeat: { until: { status: 200 }, every: 2, within: 1m } }]',
    'reach.0.repeat.every: expected a duration',
  ],
  [
    'a login that a status alone shows',
    'login: [{ post: /login, expect: { status: 200 } }]',
    'login.0.expect: expected what shows that there is a session, besides a status',
  ],
  [
    'a login without anything that shows it',
    'login: [{ post: /login }]',
    'login.0.expect: is missing; expected what shows that there is a session',
  ],
  [
    'an issue that is not acknowledged',
    'issue: [{ post: / }]',
    'issue.0.expect: is missing; expected what shows that the invoice was issued',
  ],
  [
    'a delivery that nothing shows',
    `${KEYS}\ndeliver: [{ post: /, capture: { id: { json: $.id } } }]`,
    'deliver.0.expect: is missing; expected what shows that the invoice was delivered',
  ],
  [
    'a delivery of no invoice',
    'deliver: [{ post: /, expect: { text: sent } }]',
    'known: is missing; expected {number: …, issued: …} of an invoice',
  ],
  [
    'an interface of which nothing is expected',
    'api: [{ get: /, expect: { status: 400 } }]',
    'api.0.expect: expected what the documented error says, besides a status',
  ],
  [
    'a verification without its end',
    `${KEYS}\nverify: [{ get: / }]`,
    'verify.0.found: is missing; the last step of verify says both',
  ],
  [
    'a verification without an invoice that does not exist',
    "known: { number: '1' }\nverify: [{ get: /, found: { text: a }, absent: { text: b } }]",
    'unknown: is missing; expected {number: …, issued: …} of an invoice that does not exist',
  ],
  [
    'a step of a function that none waits for',
    'reach: [{ get: /, prerequisite: upload }, { get: / }]',
    'reach.0.prerequisite: expected login, query, true or false',
  ],
  [
    'an absence by what any page lacks',
    query('  - get: /\n    found: { status: 200 }\n    absent: { without: x }'),
    'query.0.absent: expected what shows it: a page of anybody may be like this, too',
  ],
  [
    'an absence by a header that is not there',
    query('  - get: /\n    found: { text: a }\n    absent: { header: { a: { exists: false } } }'),
    'query.0.absent: expected what shows it',
  ],
  [
    'an absence by the status of pages',
    query('  - get: /\n    found: { json: { $.a: 1 } }\n    absent: { status: [200, 404] }'),
    'query.0.absent: expected what shows it',
  ],
  [
    'an absence by a redirect, which may lead to a login',
    query('  - get: /\n    found: { text: a }\n    absent: { status: 302 }'),
    'query.0.absent: expected what shows it',
  ],
  [
    'an invoice by what any page lacks',
    query(`  - get: /\n    found: { without: x }\n${ABSENT}`),
    'query.0.found: expected what shows it',
  ],
  [
    'a capture that nobody uses',
    query(`  - get: /\n    capture: { a: { json: $.a } }\n    found: { text: a }\n${ABSENT}`),
    'query.0.capture: is used by no step; this is the last',
  ],
  [
    'an upload that any page acknowledges',
    'upload: [{ post: /, expect: { status: [200, 201] } }]',
    'upload.0.expect: expected what shows that the invoice was accepted, besides status 200',
  ],
  [
    'an upload that nothing acknowledges',
    'upload: [{ post: / }]',
    'upload.0.expect: is missing; expected what shows that the invoice was accepted',
  ],
  [
    'an upload without its code of success',
    "codes: { json: $.code, ok: '0' }\nupload: [{ post: /, codes: false }]",
    'upload.0.expect: is missing; expected what shows that the invoice was accepted',
  ],
  [
    'a login by what is not there',
    'login: [{ post: /, expect: { json: { $.error: { exists: false } } } }]',
    'expected what shows that there is a session, besides a status; or a capture of it',
  ],
  ...['json', 'xml', 'header'].map((kind): [string, string, string] => [
    `conditions of no place in ${kind}`,
    `reach: [{ get: /, expect: { ${kind}: {} } }]`,
    `reach.0.expect.${kind}: expected at least one place`,
  ]),
  [
    'waiting for less than one look',
    'reach: [{ get: /, repeat: { until: { text: a }, every: 2s, within: 1s } }]',
    'reach.0.repeat.within: must be at least as long as every',
  ],
  [
    'more captures than anybody needs',
    `reach: [{ get: /, capture: { ${LETTERS.map((it) => `${it}: { json: $ }`).join(', ')} } }]`,
    'reach.0.capture: expected at most 20 values',
  ],
  [
    'a value in a JSONPath',
    `reach: [{ get: /, expect: { json: { '$.a[?@.b=="\${now_s}"]': 1 } } }]`,
    'no JSONPath: no value is put into a path',
  ],
  [
    'one in an XPath',
    `reach: [{ get: /, capture: { a: { xml: "//a[b='\${now_s}']" } } }]`,
    'reach.0.capture.a.xml: no XPath: no value is put into a path',
  ],
  [
    'one in the place of a file',
    `${KEYS}\ndownload: [{ get: /, file: { json: "$.a['\${number}']" } }]`,
    'download.0.file.json: no JSONPath: no value is put into a path',
  ],
  [
    'one in a pattern',
    `reach: [{ get: /, capture: { a: { matches: "a=\${now_s}" } } }]`,
    'reach.0.capture.a.matches: no regular expression',
  ],
  [
    'one in the path of tokens',
    `auth: { oauth: { token_path: "/\${a}", client_id: a, client_secret: { env: WORD } } }`,
    'auth.oauth.token_path: is sent as it stands',
  ],
  [
    'one in the name of a field',
    `reach: [{ post: /, json: { a: [{ "\${now_s}": 1 }] } }]`,
    'is a name, into which no value is put',
  ],
  [
    'an unknown value in a field that is called matches',
    `reach: [{ post: /, json: { matches: "\${nmber}" } }]`,
    'reach.0.json.matches: there is no value "nmber" here',
  ],
  [
    'an unknown value in the name of a file',
    `upload: [{ post: /, multipart: { a: { specimen: pdf, name: "\${nmber}" } } }]`,
    'upload.0.multipart.a.name: there is no value "nmber" here',
  ],
  [
    'an unknown value in what is waited for',
    `reach: [{ get: /, repeat: { until: { text: "\${a}" }, every: 1s, within: 1m } }]`,
    'reach.0.repeat.until.text: there is no value "a" here',
  ],
  [
    'a signature of a body that is no text',
    `sign: { method: hmac-sha1, secret: { env: WORD }, text: "\${body}", into: { header: s } }
reach: [{ post: /, multipart: { a: b } }]`,
    `reach.0.multipart: has no text for \${body} of the signature; or say sign: false`,
  ],
  [
    'a signature of the fields of a file',
    `sign: { method: hmac-sha1, secret: { env: WORD }, text: "\${sorted | upper}",
  sorted: { of: form }, into: { header: s } }
upload: [{ put: /, specimen: pdf, expect: { status: 201 } }]`,
    `upload.0.specimen: has no text for \${sorted} of the signature; or say sign: false`,
  ],
  ...['json: { $.a: 1 }', 'xml: { //a: 1 }', 'text: a', 'without: a'].flatMap(
    (asked): [string, string, string][] => {
      const key = asked.split(':')[0];
      const steps = (it: string) => query(`  - head: /\n    found: ${it}\n${ABSENT}`);
      const no_body = `.${key}: head brings no body; get`;
      return [
        [
          `${key} of head`,
          `reach: [{ head: /, expect: { ${asked} } }]`,
          `reach.0.expect${no_body}`,
        ],
        [`${key} of an invoice by head`, steps(`{ status: 200, ${asked} }`), `found${no_body}`],
        [
          `waiting for ${key} of head`,
          `reach: [{ head: /, repeat: { until: { ${asked} }, every: 1s, within: 2s } }]`,
          `reach.0.repeat.until${no_body}`,
        ],
      ];
    },
  ),
  ...[
    'capture: { sid: { header: Set-Cookie } }',
    'expect: { header: { set-cookie: { exists: true } } }',
  ].map((shown): [string, string, string] => [
    `a session that is any cookie: ${shown}`,
    `login: [{ post: /in, ${shown} }]`,
    'expected what shows that there is a session, besides a status; or a capture of it',
  ]),
  ...['', "codes: { json: $.code, ok: '0' }\n"].map((codes): [string, string, string] => [
    `an upload that a login answers alike ${codes === '' ? '' : 'in spite of codes'}`,
    `${codes}upload: [{ post: /, expect: { status: 302 } }]`,
    'upload.0.expect: expected what shows that the invoice was accepted',
  ]),
  [
    'what head keeps of a body',
    'reach: [{ head: /, capture: { a: { matches: a } } }, { get: / }]',
    'reach.0.capture.a: head brings no body; get',
  ],
  [
    'codes of head in a body',
    'reach: [{ head: /, codes: { json: $.code, ok: 1 } }]',
    'reach.0.codes: head brings no body; get',
  ],
  ...['query', 'verify'].map((fn): [string, string, string] => [
    `what ${fn} is to answer besides`,
    `${KEYS}
${fn}: [{ get: /, expect: { text: a }, found: { text: b }, absent: { status: 404 } }]`,
    `${fn}.0.expect: is not asked of the last step of ${fn === 'query' ? 'a query' : 'verify'}`,
  ]),
  ['an outcome that is ours to say', 'codes: { json: $.code, outcomes: { E1: ok } }', 'codes'],
  ['a code without a place', 'codes: { ok: 0 }', 'codes'],
];

describe('of the driver http, the configuration refuses', () => {
  it.each(MISUSE)('%s', (_, settings, problem) => {
    const found = problemsOfSite(settings, { env: { WORD: 'hush' } });
    expect(found.join('\n')).toContain(problem);
    expect(found.join('\n')).not.toContain('hush');
  });

  it('a check of a function without steps', () => {
    const functions = ['upload'];
    expect(problemsOfSite('reach: [{ get: / }]', { functions, environment: 'sandbox' })).toEqual([
      'checks.upload.function: portal has no steps for "upload": it has settings for reach',
    ]);
  });

  it.each([
    ['of an invoice', 'known: { number: 26110000000000000001 }', 'known.number'],
    ['of one that does not exist', 'unknown: { number: 26110000000000000001 }', 'unknown.number'],
    ['among values', 'values: { a: -26110000000000000001 }', 'values.a'],
    ['in a form', 'reach: [{ post: /, form: { a: 26110000000000000001 } }]', 'reach.0.form.a'],
    ['in JSON', 'reach: [{ post: /, json: { a: [1, 9007199254740993] } }]', 'reach.0.json.a.1'],
    ['with decimals', 'reach: [{ post: /, json: 0.12345678901234567 }]', 'reach.0.json'],
    ['of a code', 'codes: { json: $.code, ok: 0000 }', 'codes.ok'],
    ['of several', 'codes: { json: $.code, ok: [1, 0000] }', 'codes.ok.1'],
    ['as a key', 'codes: { json: $.code, outcomes: { 0401: credential } }', 'codes.outcomes.401'],
  ])('a number %s that is not kept as it is written', (_, settings, path) => {
    const message = 'is a number that is not kept as it is written; write it in quotes';
    expect(problemsOfSite(settings)).toEqual([`${path}: ${message}`]);
  });

  it('no number that is kept', () => {
    const settings = `values: { a: 9007199254740991, b: 0.13, c: -1, d: 0 }
reach: [{ post: /, json: { a: 0.123456789012345, b: 1e3, c: 0x1f, d: "0000" } }]`;
    expect(problemsOfSite(settings)).toEqual([]);
  });

  it('nothing that is shown', () => {
    for (const settings of [
      'upload: [{ put: /, expect: { status: [201, 204] } }]',
      'upload: [{ post: /, expect: { status: 303, header: { location: /done } } }]',
      "login: [{ post: /in, expect: { header: { set-cookie: { matches: '^sid=' } } } }]",
      "codes: { json: $.code, ok: '0' }\nupload: [{ post: / }]",
      'upload: [{ post: /, capture: { id: { json: $.id } } }]',
      query('  - get: /\n    found: { status: 200 }\n    absent: { status: 404 }'),
      query('  - get: /\n    found: { status: 200 }\n    absent: { status: 204, without: x }'),
      `codes: { json: $.code, ok: 1 }\nreach: [{ head: /, expect: { header: { x-a: b } } }]`,
      query(
        '  - get: /\n    found: { json: { $.a: 1 } }\n' +
          '    absent: { json: { $.a: { exists: false } } }',
      ),
      query(
        '  - get: /\n    found: { text: a }\n' +
          '    absent: { status: 302, header: { location: /none } }',
      ),
    ])
      expect(problemsOfSite(settings), settings).toEqual([]);
  });

  it('options of a page where steps say what is asked', () => {
    const checks =
      "  a: { system: portal, function: reach, schedule: '0 * * * * *', deadline: 5s, " +
      'options: { title: x } }';
    expect(problemsOfSite('reach: [{ get: / }]', { checks })).toEqual([
      'checks.a.options.title: is for a page; the steps of reach say what is asked',
    ]);
    expect(problemsOfSite('{}', { checks })).toEqual([]);
  });
});
