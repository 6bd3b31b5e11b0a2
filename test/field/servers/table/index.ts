import type { OddServer } from '../odd-server.ts';
import { ADDRESSES } from './addresses.ts';
import { BODIES } from './bodies.ts';
import { CHAINS } from './chains.ts';
import { CHARSETS } from './charsets.ts';
import { CODINGS } from './codings.ts';
import { COOKIES } from './cookies.ts';
import { EXPECTATIONS } from './expectations.ts';
import { FAILURES } from './failures.ts';
import { FRAMING } from './framing.ts';
import { HEADER_LINES } from './header-lines.ts';
import { REDIRECTS } from './redirects.ts';
import { SHELLS } from './shells.ts';
import { SIZES } from './sizes.ts';
import { STATUSES } from './statuses.ts';
import { TITLES } from './titles.ts';
import { TLS } from './tls.ts';

/** Every odd server, by kind. */
export const ODD_SERVERS: readonly OddServer[] = [
  ...FRAMING,
  ...HEADER_LINES,
  ...SIZES,
  ...REDIRECTS,
  ...COOKIES,
  ...CODINGS,
  ...CHARSETS,
  ...TITLES,
  ...EXPECTATIONS,
  ...BODIES,
  ...STATUSES,
  ...SHELLS,
  ...TLS,
  ...CHAINS,
  ...ADDRESSES,
  ...FAILURES,
];
