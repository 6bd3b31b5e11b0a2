import { isIPv6 } from 'node:net';
import { fault } from '../http/fault.ts';
import type { AddressFamily, NameQuestions } from './ask-servers.ts';
import type { FoundAddresses } from './both-families.ts';
import type { NameCode } from './name-fault.ts';

/** The name has no such address, as some servers say of a name that has others. */
const HAS_NONE: ReadonlySet<string> = new Set<NameCode>(['ENODATA', 'ENOTFOUND']);

/**
 * Asks for the addresses of one family, and for the others to tell a name that has only those:
 * rejects with `FAMILY_MISSING` then, else with the fault of the answer.
 */
export async function askOneFamily(
  questions: NameQuestions,
  name: string,
  family: AddressFamily,
): Promise<FoundAddresses> {
  const has_other = questions.ask(name, family === 6 ? 4 : 6).then(
    () => true,
    () => false,
  );
  try {
    const first = await questions.ask(name, family);
    return { first, later: Promise.resolve([]), is_asked: true };
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (HAS_NONE.has(code) && (await has_other)) throw familyMissing(family);
    throw error;
  }
}

/** Those of the family; throws `FAMILY_MISSING` where there is none. */
export function requireFamily(
  addresses: readonly string[],
  family: AddressFamily | null,
): string[] {
  if (family === null) return [...addresses];
  const its = addresses.filter((it) => isIPv6(it) === (family === 6));
  if (its.length === 0) throw familyMissing(family);
  return its;
}

function familyMissing(family: AddressFamily): Error {
  return fault('FAMILY_MISSING', `no address of IPv${family}`);
}
