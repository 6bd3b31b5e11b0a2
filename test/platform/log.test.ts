import { lookup } from 'node:dns/promises';
import { describe, expect, it } from 'vitest';
import { keptLog } from './quiet.ts';

it('writes one JSON object per entry, with time, level in words, process and fields', () => {
  const { log, entries } = keptLog();
  log.warn({ check: 'beijing-query' }, 'late');
  expect(entries).toEqual([
    {
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      process: 'test',
      check: 'beijing-query',
      msg: 'late',
    },
  ]);
});

it('writes an error with its type, message and stack', () => {
  const { log, entries } = keptLog();
  log.error({ err: new RangeError('too far') }, 'failed');
  expect(entries[0]?.err).toMatchObject({
    type: 'RangeError',
    message: 'too far',
    stack: expect.stringContaining('log.test.ts'),
  });
});

describe('D9: an error in the log', () => {
  function logged(err: unknown): string {
    const { log, entries } = keptLog();
    log.error({ err }, 'failed');
    return JSON.stringify(entries[0]);
  }

  it('of a name that is not there names the call and the code', async () => {
    const err = await lookup('hooks.a.invalid').catch((error) => error);
    expect(err.message).toContain('hooks.a.invalid');
    const entry = logged(err);
    expect(entry).toMatch(/"message":"getaddrinfo (ENOTFOUND|EAI_AGAIN)"/);
    expect(entry).not.toContain('hooks.a.invalid');
  });

  it('of an address that cannot be parsed does not have it', () => {
    const url = 'https://hooks.a.example:99999/secret';
    let err: unknown;
    try {
      new URL(url);
    } catch (error) {
      err = error;
    }
    expect(logged(err)).toContain('"code":"ERR_INVALID_URL"');
    expect(logged(err)).not.toContain('hooks.a');
  });

  it('of a certificate for another name names neither', () => {
    const words = "Hostname/IP does not match certificate's altnames: Host: hooks.a.example.";
    const err = Object.assign(new Error(words), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    expect(logged(err)).toContain('"message":"tls ERR_TLS_CERT_ALTNAME_INVALID"');
    expect(logged(err)).not.toContain('hooks.a');
  });

  it.each([
    ['a link', 'at https://s.example/en/subscription?t=manage.abc.def.sig!', 's.example'],
    ['a token', 'value manage.wang00000000.nonce..c2lnbmF0dXJl is odd', 'wang0'],
    ['a mailbox', '550 <wang@a.example> unknown', 'wang'],
    ['a secret', 'cannot use whsec_AAAA+/=', 'AAAA'],
    ["an administrator's token", 'not piaokuang_admin_abc-def', 'abc-def'],
    ['the number of an invoice', 'row 26000000000000000001', '26000000000000000001'],
  ])('leaves out %s', (_, message, confided) => {
    const deep = new Error('outside', { cause: new Error(message) });
    for (const err of [new Error(message), message, deep])
      expect(logged(err)).not.toContain(confided);
  });

  it('has no other fields of it, and is bounded', () => {
    const err = Object.assign(new Error(`${'x'.repeat(10_000)}`), { input: 'https://a.example' });
    err.cause = err;
    expect(logged(err)).not.toContain('a.example');
    expect(logged(err).length).toBeLessThan(20_000);
  });

  it('keeps where it was, and what a file was called', () => {
    const err = Object.assign(new Error("ENOENT: no such file, open '/data/demo.db'"), {
      code: 'ENOENT',
      syscall: 'open',
      path: '/data/demo.db',
    });
    expect(logged(err)).toContain('/data/demo.db');
    expect(logged(err)).toContain('log.test.ts');
  });
});
