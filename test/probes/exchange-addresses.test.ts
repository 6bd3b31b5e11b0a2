import { afterEach, describe, expect, test } from 'vitest';
import { dial } from '../../probes/exchange/connection/dial.ts';
import { connectFirst, familiesInTurn } from '../../probes/exchange/connection/race.ts';
import { holdSockets } from '../../probes/exchange/connection/sockets.ts';
import { createNames } from '../../probes/exchange/names/names.ts';
import { closedDoor } from '../field/servers/slow-door.ts';
import { openStage } from '../field/servers/stage.ts';

const stage = openStage();
const sockets = holdSockets();
afterEach(async () => {
  await stage.clear();
});

/** Connects to the first of the addresses at this port; what came of it, and when. */
async function race(addresses: readonly string[], port: number) {
  const held = holdSockets();
  const start = performance.now();
  try {
    const { remoteAddress } = await connectFirst(addresses, port, held);
    return { to: remoteAddress, after_ms: performance.now() - start };
  } catch (error) {
    return { code: (error as NodeJS.ErrnoException).code, after_ms: performance.now() - start };
  } finally {
    held.end();
  }
}

const portOf = (at: string) => Number(at.split(':').at(-1));
const listening = async (host: string) => portOf(await stage.sockets(() => {}, host));

/** Loopback addresses of our own: on 127.0.0.1 somebody else may have the port. */
const DEAD = '127.0.9.1';
const SECOND = '127.0.9.2';
const THIRD = '127.0.9.3';

describe('R1: of several addresses', () => {
  test('one that takes a second is waited for, although the other refuses', async () => {
    const door = await closedDoor(stage, Buffer.alloc(0), SECOND);
    setTimeout(door.open, 500);
    const { to, after_ms } = await race([SECOND, DEAD], portOf(door.at));
    expect(to).toBe(SECOND);
    expect(after_ms).toBeGreaterThan(800);
  });

  test('one that takes a second is waited for behind one that refuses', async () => {
    const door = await closedDoor(stage, Buffer.alloc(0), SECOND);
    setTimeout(door.open, 500);
    expect(await race([DEAD, SECOND], portOf(door.at))).toMatchObject({
      to: SECOND,
    });
  });

  test('the next is tried soon where one is silent', async () => {
    const port = await listening(THIRD);
    const silent = '192.0.2.1';
    const { to, after_ms } = await race([silent, THIRD], port);
    expect(to).toBe(THIRD);
    // Where there is no route, it fails at once.
    expect(after_ms).toBeLessThan(20_000);
  });

  test('the next is tried at once when one refuses', async () => {
    const port = await listening(THIRD);
    const refusing = Array.from({ length: 20 }, () => SECOND);
    const { to, after_ms } = await race([DEAD, ...refusing, THIRD], port);
    expect(to).toBe(THIRD);
    // Each after 250 ms would take 5 s.
    expect(after_ms).toBeLessThan(3_000);
  });

  test('a dead second one is not even tried', { retry: 5 }, async () => {
    let tried = 0;
    const port = portOf(await stage.sockets(() => {}, DEAD));
    await stage.sockets(() => (tried += 1), SECOND, port);
    expect(await race([DEAD, SECOND], port)).toMatchObject({ to: DEAD });
    expect(tried).toBe(0);
  });

  test('the most telling error counts when all fail', async () => {
    const port = portOf(await stage.nobody());
    for (const addresses of [
      [DEAD, SECOND],
      ['255.255.255.255', DEAD],
      [DEAD, '255.255.255.255'],
    ]) {
      expect(await race(addresses, port)).toMatchObject({ code: 'ECONNREFUSED' });
    }
    expect(await race(['255.255.255.255'], port)).toMatchObject({ code: 'ENETUNREACH' });
  });

  test('families take turns, the first as the system has it (RFC 8305)', () => {
    const v6 = (n: number) => `2001:db8::${n}`;
    const v4 = (n: number) => `192.0.2.${n}`;
    const shown = (...found: string[]) => familiesInTurn(found).join(' ');
    expect(shown(v6(1), v6(2), v6(3), v4(1))).toBe('2001:db8::1 192.0.2.1 2001:db8::2 2001:db8::3');
    expect(shown(v4(1), v4(2), v6(1))).toBe('192.0.2.1 2001:db8::1 192.0.2.2');
    expect(shown(v4(1))).toBe('192.0.2.1');
  });
});

test('a host that somebody else chose is not reached in a private network', async () => {
  const at = await stage.sockets(() => {});
  const any = { proxy: null, family: null, expected: null };
  const way = { sockets, names: createNames(), ...any, onResolved: () => {}, at_proxy: false };
  const localhost = new URL(`http://${at.replace('127.0.0.1', 'localhost')}/`);
  for (const url of [new URL(`http://${at}/`), localhost]) {
    await expect(dial(url, { ...way, public_only: true })).rejects.toMatchObject({
      code: 'ADDRESS_NOT_PUBLIC',
    });
    await expect(dial(url, { ...way, public_only: false })).resolves.toBeDefined();
  }
  sockets.end();
});
