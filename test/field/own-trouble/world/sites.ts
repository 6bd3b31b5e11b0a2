import type { Pace } from '../pace.ts';

/** A system of the drill's world. */
export interface Site {
  id: string;
  host: string;
  /** Each in a network of its own. */
  address: string;
  /** How long it takes to answer, in ms. */
  answer_ms: number;
  role: 'healthy' | 'broken' | 'hung' | 'neutral';
}

export const NAME_SERVER = '11.53.0.53';

/** Answers at once: its slots are seen most exactly. */
export const QUICK = 'alpha';
/** Is measured for most of its deadline. */
export const SLOW = 'echo';
/** Answers badly once where a drill disturbs a confirming slot. */
export const STUMBLING = 'delta';
/** The one system that truly fails. */
export const BROKEN = 'foxtrot';

/** Healthy systems of several tempers, one that will fail, and what is asked beside them. */
export function sitesOf(
  pace: Pace,
  { neutrals, hung }: { neutrals: number; hung: number },
): Site[] {
  const site = (id: string, n: number, role: Site['role'], share = 0): Site => ({
    id,
    host: `www.${id}-example.${n % 2 === 0 ? 'test' : 'example'}`,
    address: `${20 + n}.${10 + n}.1.10`,
    answer_ms: 15 + share * pace.deadline_ms,
    role,
  });
  return [
    site(QUICK, 0, 'healthy'),
    site('bravo', 1, 'healthy'),
    site('charlie', 2, 'healthy', 0.1),
    site(STUMBLING, 3, 'healthy', 0.2),
    site(SLOW, 4, 'healthy', 0.6),
    site(BROKEN, 5, 'broken'),
    ...Array.from({ length: hung }, (_, n) => site(`golf-${n + 1}`, 6 + n, 'hung')),
    ...Array.from({ length: neutrals }, (_, n) => site(`neutral-${n + 1}`, 20 + n, 'neutral')),
  ];
}
