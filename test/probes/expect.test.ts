import { expect, test } from 'vitest';
import type { Outcome, Reason } from '../../model/vocabulary.ts';
import type { Answer } from '../../probes/exchange/answer.ts';
import { expectJson } from '../../probes/exchange/expect.ts';
import { encode } from '../field/pages/encode.ts';

function answer(parts: { status?: number; body?: Buffer | string; headers?: object }): Answer {
  const body = Buffer.from((parts.body ?? '') as string);
  return {
    url: new URL('http://127.0.0.1/api'),
    status: parts.status ?? 200,
    headers: { ...parts.headers },
    body,
    content_length: body.length,
    complete: true,
    is_private: true,
    over_limit: false,
  };
}

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const LONG = `<p>${'说明文字。'.repeat(200)}`;

test.for<[string, Parameters<typeof answer>[0]]>([
  ['UTF-8', { body: '{"a":"发"}' }],
  ['UTF-8 with a mark', { body: '\ufeff{"a":"发"}' }],
  [
    'GBK by the header',
    { body: encode('{"a":"发"}', 'gbk'), headers: { 'content-type': 'text/json; charset=gbk' } },
  ],
  ['GBK that nobody declares', { body: encode('{"a":"发"}', 'gbk') }],
  ['JSON called HTML', { body: '{"a":"发"}', headers: HTML }],
  ['JSON that speaks of maintenance', { body: '{"a":"发","msg":"系统维护中"}' }],
])('JSON in %s is read', ([, parts]) => {
  const read = expectJson(answer(parts));
  expect(read.ok && read.value.a).toBe('发');
});

test.for<[string, Parameters<typeof answer>[0], Outcome, Reason]>([
  [
    'W15: a page of maintenance',
    { body: '<title>系统维护</title><p>x', headers: HTML },
    'maintenance',
    'says_maintenance',
  ],
  [
    'W15: a short page that says so',
    { body: '<p>系统正在升级,请稍后再试', headers: HTML },
    'maintenance',
    'says_maintenance',
  ],
  [
    'a page of maintenance in GBK',
    { body: encode('<html><title>系统维护中</title>', 'gbk') },
    'maintenance',
    'says_maintenance',
  ],
  [
    'a long page that mentions it',
    { body: `<title>x</title>${LONG}系统维护中`, headers: HTML },
    'system',
    'unexpected_answer',
  ],
  [
    'a page of an error',
    { body: '<title>系统错误</title>', headers: HTML },
    'system',
    'unexpected_answer',
  ],
  [
    'a check of visitors',
    { body: '<title>安全验证</title><p>x', headers: HTML },
    'throttled',
    'blocked',
  ],
  [
    'a script of a guard',
    { body: '<script>var arg1="acw_sc__v2"</script>', headers: HTML },
    'throttled',
    'blocked',
  ],
  ['a login page', { body: '<title>登录</title>', headers: HTML }, 'system', 'unexpected_answer'],
  ['a word', { body: '系统维护中' }, 'system', 'unexpected_answer'],
  ['nothing', {}, 'system', 'unexpected_answer'],
  [
    'a redirect to maintenance',
    { status: 302, headers: { location: '/weihu.html' } },
    'maintenance',
    'says_maintenance',
  ],
  [
    '503 with the header',
    { status: 503, headers: { 'x-maintenance': '1' } },
    'maintenance',
    'says_maintenance',
  ],
  [
    '500 in JSON that says so',
    { status: 500, body: '{"message":"系统升级中,请稍后"}' },
    'maintenance',
    'says_maintenance',
  ],
  [
    '503 that asks to come later',
    { status: 503, headers: { 'retry-after': '60' } },
    'system',
    'http_status',
  ],
  ['403', { status: 403 }, 'throttled', 'blocked'],
  ['401', { status: 401 }, 'credential', 'http_status'],
])('in place of JSON, %s', ([, parts, outcome, reason]) => {
  expect(expectJson(answer(parts))).toMatchObject({ ok: false, failure: { outcome, reason } });
});
