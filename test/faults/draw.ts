import { createRandom, shuffled } from '../random.ts';
import { FILES, read } from '../tidy/repository.ts';
import { isEquivalent } from './equivalent.ts';
import type { Fault } from './fault.ts';
import { faultsOf } from './operators.ts';

/** Where a wrong line makes the page say something false, or people not be told. */
export const PLANTED_IN: readonly RegExp[] = [
  /^model\/judge\//,
  /^probes\/line\//,
  /^collector\/(?!upkeep\/)/,
  /^collector\/upkeep\//,
  /^notify\//,
];

/** Started by the tests of processes alone, not by those of a room. */
const NOT_PLANTED = /\/main\.ts$|worker\.ts$/;

/** So many faults, as many from each room, drawn from the seed. */
export function drawnFaults(count: number, seed: number): Fault[] {
  const random = createRandom(seed);
  const by_room = PLANTED_IN.map((room) => shuffled(candidatesIn(room), random));
  const drawn: Fault[] = [];
  for (let n = 0; drawn.length < count; n += 1) {
    const candidates = by_room[n % by_room.length];
    const next = candidates?.shift();
    if (next !== undefined) drawn.push(next);
    else if (by_room.every(({ length }) => length === 0)) break;
  }
  return drawn;
}

/** Every fault of the files whose path begins so. */
export function faultsBelow(place: string): Fault[] {
  return PLANTED_IN.flatMap(candidatesIn).filter(({ path }) => path.startsWith(place));
}

/** At most one fault of a line, so that no line with many numbers has more than its share. */
function candidatesIn(room: RegExp): Fault[] {
  const paths = FILES.filter(
    (path) => room.test(path) && path.endsWith('.ts') && !NOT_PLANTED.test(path),
  );
  return paths
    .flatMap((path) => faultsOf(path, read(path)))
    .filter((fault) => !isEquivalent(fault));
}
