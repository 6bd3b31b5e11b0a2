import { randomUUID } from 'node:crypto';
import type { Clock } from '../../model/ports.ts';
import { startDeadline } from './deadline.ts';
import type { Names } from './names/names.ts';
import { registrableDomain } from './registrable-domain.ts';

/** A name to be asked for. */
export interface ControlNameParts {
  names: Names;
  name: string;
  limit_ms: number;
  clock: Pick<Clock, 'monotonic'>;
}

/**
 * Whether a name resolves in time and, since a server near us may remember it while nobody beyond
 * answers, whether a name of the same domain that nobody can know is answered: that there is no
 * such name, or an address. Of a name in the hosts file the latter alone says something. Never
 * rejects.
 */
export async function answersControl({
  names,
  name,
  limit_ms,
  clock,
}: ControlNameParts): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const ends: (() => void)[] = [];
  const onEnd = (end: () => void) => ends.push(end);
  const deadline = startDeadline(limit_ms, clock, () => late.resolve(false));
  const unknown = `${randomUUID()}.${registrableDomain(name)}.`;
  const found = names.find(name, onEnd).then(
    () => true,
    () => false,
  );
  const answered = names.find(unknown, onEnd).then(
    () => true,
    ({ code }: NodeJS.ErrnoException) => code === 'ENOTFOUND' || code === 'ENODATA',
  );
  const both = Promise.all([found, answered]).then((all) => all.every(Boolean));
  const answers = await Promise.race([both, late.promise]);
  deadline.clear();
  for (const end of ends) end();
  return answers;
}

/**
 * Whether name servers give a name an address in time; null where the hosts file does, which says
 * nothing of them. Never rejects.
 */
export async function nameResolves({
  names,
  name,
  limit_ms,
  clock,
}: ControlNameParts): Promise<boolean | null> {
  const late = Promise.withResolvers<boolean>();
  const ends: (() => void)[] = [];
  const deadline = startDeadline(limit_ms, clock, () => late.resolve(false));
  const found = names
    .find(name, (end) => ends.push(end))
    .then(
      ({ is_asked }) => (is_asked ? true : null),
      () => false,
    );
  const resolves = await Promise.race([found, late.promise]);
  deadline.clear();
  for (const end of ends) end();
  return resolves;
}
