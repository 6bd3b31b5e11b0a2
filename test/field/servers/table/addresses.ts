import { SECOND } from '../../../../model/time.ts';
import type { OddServer } from '../odd-server.ts';
import { reply } from '../reply.ts';
import { closedDoor } from '../slow-door.ts';
import { trusted } from '../trust.ts';

const PAGE = reply();

/** Where servers are, and how long it takes to get there. */
export const ADDRESSES: readonly OddServer[] = [
  {
    id: 'ipv6',
    about: 'has an IPv6 address',
    starts: async (stage) => `${await stage.plain(PAGE, '::1')}/`,
  },
  {
    id: 'localhost',
    about: 'has the IPv4 address of a name only',
    starts: async (stage) => `${(await stage.plain(PAGE)).replace('127.0.0.1', 'localhost')}/`,
  },
  {
    id: 'other-loopback',
    about: 'has another address of the loopback',
    starts: async (stage) => `${await stage.plain(PAGE, '127.0.0.3')}/`,
  },
  {
    id: 'name-in-capitals',
    about: 'has a name in capitals',
    starts: async (stage) =>
      `${(await stage.secure(trusted(), PAGE, 'localhost')).replace('localhost', 'LOCALHOST')}/`,
  },
  {
    id: 'slow-connect',
    cases: 'R1',
    about: 'loses the first SYN, so that it takes 1.0 s to connect',
    starts: async (stage) => {
      const { at, open } = await closedDoor(stage, PAGE);
      const first = await stage.plain((_, socket) => {
        // The first SYN to the door is lost by then, and the second one is not.
        setTimeout(open, 0.5 * SECOND);
        const head = `Location: http://${at}/\r\nContent-Length: 0`;
        socket.end(`HTTP/1.1 302 Found\r\n${head}\r\n\r\n`);
        return null;
      });
      return `${first}/`;
    },
  },
  {
    id: 'blackhole',
    about: 'loses every SYN',
    starts: async (stage) => `http://${(await closedDoor(stage, PAGE)).at}/`,
    deadline_ms: 3 * SECOND,
    judged: { outcome: 'timeout', reason: 'timeout_connect', because: 'a plain failure' },
    direct_only: 'the proxy cannot connect, not we',
  },
];
