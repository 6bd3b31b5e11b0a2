import { afterEach, describe, expect, test } from 'vitest';
import { createNames, type NamesParts } from '../../probes/exchange/names/names.ts';
import { type Answering, nameFolder, startNameServer } from './name-server.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function server(answering: Answering) {
  const started = await startNameServer(answering);
  ends.push(started.close);
  return started;
}

function folder(resolv_conf: string, hosts = '') {
  const made = nameFolder(resolv_conf, hosts);
  ends.push(made.remove);
  return made;
}

/** A resolver that looks at its files whenever it is asked. */
function namesOf(files: NamesParts['files'], more: NamesParts = {}) {
  let hours = 0;
  const monotonic = () => (hours += 3_600_000);
  return createNames({ ...(files && { files }), prefersIpv6: () => false, monotonic, ...more });
}

/** The addresses in the order found, or the code of the fault; and how long it took. */
async function find(names: ReturnType<typeof createNames>, name: string, limit_ms = 5_000) {
  const start = performance.now();
  const took = () => performance.now() - start;
  let end = () => {};
  const limit = new Promise<{ found: string }>((resolve) => {
    setTimeout(() => {
      end();
      resolve({ found: 'hangs' });
    }, limit_ms).unref();
  });
  const found = names
    .find(name, (it) => {
      end = it;
    })
    .then(async ({ first, later }) => {
      const at_ms = took();
      return { found: [...first, ...(await later)].join(' '), at_ms };
    })
    .catch(({ code }) => ({ found: String(code) }));
  return { at_ms: 0, ...(await Promise.race([found, limit])) };
}

/** A machine that stalls for some ms spoils what some ms decide: such a test is tried again. */
const TRIED_AGAIN = { retry: 5 };

const A1: Answering = (_, type) => (type === 'A' ? { addresses: ['127.1.0.1'] } : {});

describe('the answers of name servers', () => {
  const answers: [string, Answering, string][] = [
    ['an address', A1, '127.1.0.1'],
    [
      'both families',
      (_, type) => ({ addresses: [type === 'A' ? '127.1.0.1' : '2001:db8::1'] }),
      '127.1.0.1 2001:db8::1',
    ],
    ['IPv6 only', (_, type) => (type === 'A' ? {} : { addresses: ['fd00::7'] }), 'fd00::7'],
    [
      'a chain of aliases',
      (_, type) =>
        type === 'A' ? { aliases: ['b.test', 'c.test'], addresses: ['127.1.0.2'] } : {},
      '127.1.0.2',
    ],
    ['an alias that ends nowhere', () => ({ aliases: ['b.test'] }), 'ENODATA'],
    ['no such name', () => ({ rcode: 3 }), 'ENOTFOUND'],
    ['no address of the name', () => ({}), 'ENODATA'],
    ['a failure of the server', () => ({ rcode: 2 }), 'ESERVFAIL'],
    ['a refusal', () => ({ rcode: 5 }), 'EREFUSED'],
    [
      'no such name for AAAA alone',
      (_, type) => (type === 'A' ? { addresses: ['127.1.0.1'] } : { rcode: 3 }),
      '127.1.0.1',
    ],
    [
      'a failure for AAAA alone',
      (_, type) => (type === 'A' ? { addresses: ['127.1.0.1'] } : { rcode: 2 }),
      '127.1.0.1',
    ],
  ];
  test.each(answers)('%s', async (_, answering, expected) => {
    const { at } = await server(answering);
    const { files } = folder(`nameserver ${at}\n`);
    expect(await find(namesOf(files), 'a.test')).toMatchObject({ found: expected });
  });

  const six: Answering = (_, type) => ({ addresses: [type === 'A' ? '127.1.0.1' : 'fd00::7'] });
  const by_family: [string, Answering, 4 | 6, string][] = [
    ['both', six, 4, '127.1.0.1'],
    ['both', six, 6, 'fd00::7'],
    ['IPv4 alone', A1, 4, '127.1.0.1'],
    ['IPv4 alone', A1, 6, 'FAMILY_MISSING'],
    [
      'no such name for AAAA alone',
      (_, type) => (type === 'A' ? { addresses: ['127.1.0.1'] } : { rcode: 3 }),
      ...([6, 'FAMILY_MISSING'] as const),
    ],
    [
      'a failure for AAAA alone',
      (_, type) => (type === 'A' ? { addresses: ['127.1.0.1'] } : { rcode: 2 }),
      ...([6, 'ESERVFAIL'] as const),
    ],
    ['no address of the name', () => ({}), 6, 'ENODATA'],
    ['no such name', () => ({ rcode: 3 }), 6, 'ENOTFOUND'],
  ];
  test.each(by_family)('%s, asked for one family', async (_, answering, family, expected) => {
    const { at } = await server(answering);
    const { files } = folder(`nameserver ${at}\n`, '127.9.0.1 hosted.test\n');
    const names = namesOf(files);
    const found = names.find('a.test', () => {}, family);
    const told = found.then(
      ({ first }) => first.join(' '),
      ({ code }) => code,
    );
    expect(await told).toBe(expected);
    await expect(names.find('hosted.test', () => {}, 6)).rejects.toMatchObject({
      code: 'FAMILY_MISSING',
    });
  });

  test('silence ends when the run ends it, and nothing is asked afterwards', async () => {
    const { at, asked } = await server(() => 'silence');
    const { files } = folder(`nameserver ${at}\n`);
    expect(await find(namesOf(files), 'a.test', 300)).toMatchObject({ found: 'hangs' });
    // What was sent may be read later.
    await expect.poll(() => asked.length).toBeGreaterThanOrEqual(2);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const sent = asked.length;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(asked).toHaveLength(sent);
  });

  test('a packet that is lost is sent again', async () => {
    const seen = new Set<string>();
    const { at } = await server((name, type) => {
      if (seen.has(type)) return A1(name, type);
      seen.add(type);
      return 'silence';
    });
    const { files } = folder(`nameserver ${at}\n`);
    expect(await find(namesOf(files), 'a.test')).toMatchObject({ found: '127.1.0.1' });
  });

  test('nobody at the address of the name server', async () => {
    const { at, close } = await startNameServer(A1);
    await close();
    const { files } = folder(`nameserver ${at}\n`);
    expect(await find(namesOf(files), 'a.test')).toMatchObject({ found: 'ENOSERVER' });
  });

  test('nothing is kept for the next run', async () => {
    const named = await server(A1);
    const { files } = folder(`nameserver ${named.at}\n`);
    const names = namesOf(files);
    expect(await find(names, 'a.test')).toMatchObject({ found: '127.1.0.1' });
    named.answering(() => ({ rcode: 3 }));
    expect(await find(names, 'a.test')).toMatchObject({ found: 'ENOTFOUND' });
  });
});

describe('RFC 8305: both families side by side', () => {
  const both = (a_ms: number, aaaa_ms: number): Answering => {
    return (_, type) =>
      type === 'A'
        ? { addresses: ['127.1.0.1'], after_ms: a_ms }
        : { addresses: ['2001:db8::1'], after_ms: aaaa_ms };
  };
  const orders: [string, Answering, boolean, string][] = [
    [
      'the preferred family first, if it comes within 50 ms',
      both(0, 20),
      true,
      '2001:db8::1 127.1.0.1',
    ],
    ['the other one, if it does not', both(0, 300), true, '127.1.0.1 2001:db8::1'],
    ['the preferred one at once', both(300, 0), true, '2001:db8::1 127.1.0.1'],
    ['IPv4 first without IPv6 of our own', both(20, 0), false, '127.1.0.1 2001:db8::1'],
  ];
  test.each(orders)('%s', TRIED_AGAIN, async (_, answering, prefers, expected) => {
    const { at } = await server(answering);
    const { files } = folder(`nameserver ${at}\n`);
    const names = namesOf(files, { prefersIpv6: () => prefers });
    const found = await find(names, 'a.test');
    expect(found.found).toBe(expected);
    expect(found.at_ms).toBeLessThan(200);
  });

  test('a server that drops AAAA delays nothing', TRIED_AGAIN, async () => {
    const { at } = await server((name, type) => (type === 'A' ? A1(name, type) : 'silence'));
    const { files } = folder(`nameserver ${at}\n`);
    const names = namesOf(files, { prefersIpv6: () => true });
    const found = await find(names, 'a.test');
    expect(found.found).toBe('127.1.0.1');
    expect(found.at_ms).toBeLessThan(200);
  });
});

describe('several name servers', () => {
  test('a dead first one costs 400 ms once, and nothing afterwards', TRIED_AGAIN, async () => {
    const dead = await server(() => 'silence');
    const { at } = await server(A1);
    const { files } = folder(`nameserver ${dead.at}\nnameserver ${at}\n`);
    const names = createNames({ files, prefersIpv6: () => false });
    const first = await find(names, 'a.test');
    expect(first.found).toBe('127.1.0.1');
    expect(first.at_ms).toBeLessThan(1_000);
    const second = await find(names, 'b.test');
    expect(second.found).toBe('127.1.0.1');
    expect(dead.asked).toContain('A a.test');
    expect(dead.asked).not.toContain('A b.test');
  });

  test.each([
    ['fails', 2],
    ['refuses', 5],
  ] as const)('one that %s is no answer', async (_, rcode) => {
    const bad = await server(() => ({ rcode }));
    const { at } = await server(A1);
    const { files } = folder(`nameserver ${bad.at}\nnameserver ${at}\n`);
    expect(await find(namesOf(files), 'a.test')).toMatchObject({ found: '127.1.0.1' });
  });

  test('what the first says counts, as long as it says something', TRIED_AGAIN, async () => {
    const first = await server(() => ({ rcode: 3 }));
    const second = await server(A1);
    const { files } = folder(`nameserver ${first.at}\nnameserver ${second.at}\n`);
    expect(await find(namesOf(files), 'a.test')).toMatchObject({ found: 'ENOTFOUND' });
    expect(second.asked).toEqual([]);
  });
});

describe('the hosts file', () => {
  const hosts = [
    '# comment',
    '127.3.0.1 Intranet intranet.corp.test # ours',
    '127.3.0.2\tintranet.corp.test',
    '::1 both.test',
    '127.3.0.3 both.test 发票.test',
    'not-an-address bad.test',
  ].join('\n');
  test.each([
    ['intranet', '127.3.0.1'],
    ['INTRANET.corp.test', '127.3.0.1 127.3.0.2'],
    ['intranet.corp.test.', '127.3.0.1 127.3.0.2'],
    ['both.test', '::1 127.3.0.3'],
    ['xn--kpry57d.xn--unused', 'ENOTFOUND'],
    [new URL('http://发票.test/').hostname, '127.3.0.3'],
    ['bad.test', 'ENOTFOUND'],
  ])('%s', async (name, expected) => {
    const { at } = await server(() => ({ rcode: 3 }));
    const { files } = folder(`nameserver ${at}\n`, hosts);
    expect(await find(namesOf(files), name)).toMatchObject({ found: expected });
  });

  test('localhost needs no entry, and no server', async () => {
    const { at, asked } = await server(A1);
    const { files } = folder(`nameserver ${at}\n`);
    for (const name of ['localhost', 'LocalHost.', 'a.localhost']) {
      expect(await find(namesOf(files), name)).toMatchObject({ found: '127.0.0.1 ::1' });
    }
    expect(asked).toEqual([]);
  });

  test('a change is seen while we run', async () => {
    const { at } = await server(() => ({ rcode: 3 }));
    const { files, write } = folder(`nameserver ${at}\n`);
    const names = namesOf(files);
    expect(await find(names, 'new.test')).toMatchObject({ found: 'ENOTFOUND' });
    write('hosts', '127.3.0.9 new.test\n');
    expect(await find(names, 'new.test')).toMatchObject({ found: '127.3.0.9' });
  });
});

describe('resolv.conf', () => {
  const in_corp: Answering = (name, type) =>
    name.endsWith('.corp.test') && type === 'A' ? { addresses: ['127.4.0.1'] } : { rcode: 3 };
  /** The questions for A that getaddrinfo (glibc 2.36) would send, in order. */
  const searches: [string, string, string, string[]][] = [
    ['erp', 'search x.test corp.test', '127.4.0.1', ['erp.x.test', 'erp.corp.test']],
    ['erp', 'domain corp.test', '127.4.0.1', ['erp.corp.test']],
    ['erp', 'search a.test\nsearch corp.test', '127.4.0.1', ['erp.corp.test']],
    ['erp.', 'search corp.test', 'ENOTFOUND', ['erp']],
    ['a.b', 'search corp.test', '127.4.0.1', ['a.b', 'a.b.corp.test']],
    ['a.b', 'search corp.test\noptions timeout:2 ndots:2', '127.4.0.1', ['a.b.corp.test']],
    ['a.b.', 'search corp.test\noptions ndots:5', 'ENOTFOUND', ['a.b']],
    ['a.b', 'search x.test.', 'ENOTFOUND', ['a.b', 'a.b.x.test']],
  ];
  test.each(searches)('%s with "%s": %s', async (name, text, expected, questions) => {
    const { at, asked } = await server(in_corp);
    const { files } = folder(`; comment\nnameserver ${at}\n${text}\n`);
    expect(await find(namesOf(files), name)).toMatchObject({ found: expected });
    const of_a = asked.filter((it) => it.startsWith('A ')).map((it) => it.slice(2));
    expect(of_a).toEqual(questions);
  });

  test('a change is seen while we run', async () => {
    const before = await server(() => ({ rcode: 3 }));
    const after = await server(A1);
    const { files, write } = folder(`nameserver ${before.at}\n`);
    const names = namesOf(files);
    expect(await find(names, 'a.test')).toMatchObject({ found: 'ENOTFOUND' });
    write('resolv_conf', `nameserver ${after.at}\n`);
    expect(await find(names, 'a.test')).toMatchObject({ found: '127.1.0.1' });
  });
});

test('names that are none', async () => {
  const { at } = await server(A1);
  const { files } = folder(`nameserver ${at}\n`);
  for (const name of ['a..test', `${'a'.repeat(64)}.test`]) {
    expect(await find(namesOf(files), name)).toMatchObject({ found: 'EBADNAME' });
  }
});
