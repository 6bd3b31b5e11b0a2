import { describe, expect, test } from 'vitest';
import { concealed, secretsNamedIn } from '../../platform/commands/shared/conceal.ts';

/** With what each place writes in another way. */
const SECRET = `a*(b) /"é密'<&>~!`;

describe('nobody is shown a secret', () => {
  // By json.dumps, urllib.parse, html.escape and base64 of Python; a form by the URL Standard.
  test.each([
    ['JSON', String.raw`{"a":"a*(b) /\"é密'<&>~!"}`],
    ['JSON in ASCII', String.raw`{"a":"a*(b) /\"\u00e9\u5bc6'<&>~!"}`],
    ['JSON as PHP writes it', String.raw`{"a":"a*(b) \/\"\u00e9\u5bc6'<&>~!"}`],
    ['JSON in JSON', String.raw`{"a":"{\"b\":\"a*(b) /\\\"é密'<&>~!\"}"}`],
    ['an address', '/x?a=a%2A%28b%29%20%2F%22%C3%A9%E5%AF%86%27%3C%26%3E~%21&b=1'],
    ['one in lower case', '/x?a=a%2a%28b%29%20%2f%22%c3%a9%e5%af%86%27%3c%26%3e~%21&b=1'],
    ['a form by Python', 'a=a%2A%28b%29+%2F%22%C3%A9%E5%AF%86%27%3C%26%3E~%21&b=1'],
    ['HTML', '<p>a*(b) /&quot;é密&#x27;&lt;&amp;&gt;~!</p>'],
    ['a form', 'a=a*%28b%29+%2F%22%C3%A9%E5%AF%86%27%3C%26%3E%7E%21&b=1'],
    ['encodeURIComponent', "/x?a=a*(b)%20%2F%22%C3%A9%E5%AF%86'%3C%26%3E~!&b=1"],
    ['XML', `<a>a*(b) /"é密'&lt;&amp;&gt;~!</a>`],
    ['XML with quotes escaped', '<a>a*(b) /&quot;é密&apos;&lt;&amp;&gt;~!</a>'],
    ['base64', 'x YSooYikgLyLDqeWvhic8Jj5+IQ=='],
    ['base64 in an address', '/?x=YSooYikgLyLDqeWvhic8Jj5%2BIQ%3D%3D'],
    ['hexadecimal', 'x 612a286229202f22c3a9e5af86273c263e7e21'],
  ])('in %s', (_, text) => {
    const shown = concealed(text, [SECRET]);
    expect(shown).toContain('•••');
    expect(shown).not.toMatch(/a\*|%2A|%2a|b\)|b%29|é|u5bc6|YSoo|612a/);
  });
});

describe('a value that is named as a secret is none to show', () => {
  test.each([
    ['in JSON', '{"session_token":"hush-hush","a":1}'],
    ['as a number', '{"session_token":1234567890,"a":1}'],
    ['in JSON as a text', String.raw`{"data":"{\"session_token\":\"hush-hush\",\"a\":1}"}`],
    ['in a form', 'a=1&password=hush-hush&b=2'],
    ['in XML', '<a><Token>hush-hush</Token></a>'],
    ['in XML with a prefix', '<s:a><s:accessToken x="1">hush-hush</s:accessToken></s:a>'],
    ['in CDATA', '<a><token><![CDATA[hush-hush]]></token></a>'],
    ['in an attribute', '<a b="1" token="hush-hush" c="2"/>'],
    ['in one with a prefix', "<a s:token='hush-hush'/>"],
  ])('%s', (_, text) => {
    expect(concealed(text, [])).toContain('•••');
    expect(concealed(text, [])).not.toMatch(/hush|123456/);
    expect(secretsNamedIn(text).join()).toMatch(/hush-hush|1234567890/);
  });

  test('nor where it stands elsewhere, in another form', () => {
    const answer = String.raw`{"token":"a\/b\u5bc6+"}`;
    const secrets = secretsNamedIn(answer);
    expect(secrets).toContain('a/b密+');
    expect(concealed('{"x":"a/b密+"} ?y=a%2Fb%E5%AF%86%2B', secrets)).toBe('{"x":"•••"} ?y=•••');
    expect(secretsNamedIn('<token>a&amp;b&lt;c</token>')).toContain('a&b<c');
  });

  test('and others are shown', () => {
    const text = '{"number":"26000000000000000001","state":"done"} <a b="c">d</a> ?a=1&tokens=2';
    expect(concealed(text, ['other'])).toBe(text);
    expect(secretsNamedIn(text)).toEqual([]);
  });
});
