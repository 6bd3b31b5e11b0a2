import type { AddressFamily, NameQuestions } from './ask-servers.ts';

/** The addresses of a name: those to begin with, and those that come later. */
export interface FoundAddresses {
  first: string[];
  /** Of the other family, as soon as they are known; never rejects. */
  later: Promise<string[]>;
  /** Name servers said so, not the hosts file. */
  is_asked: boolean;
}

/** Resolution Delay of RFC 8305, section 3: how long the preferred family is waited for. */
const PREFERRED_AFTER_MS = 50;
/** How long the other family may still come: a server that drops AAAA must not look like a host. */
const LATER_MS = 1_000;

/**
 * Asks for both families at once (RFC 8305, section 3) and begins with the preferred one, unless
 * only the other has come. Rejects with the fault of the more telling answer when neither exists.
 */
export async function askBothFamilies(
  questions: NameQuestions,
  name: string,
  preferred: AddressFamily,
): Promise<FoundAddresses> {
  const wanted = questions.ask(name, preferred);
  const other = questions.ask(name, preferred === 6 ? 4 : 6);
  const has_wanted = wanted.then(
    () => true,
    () => false,
  );
  const has_other = other.then(
    () => true,
    () => false,
  );
  if (!(await eitherHas(has_wanted, has_other))) throw await moreTelling(wanted, other);
  if (await hasSoon(has_wanted, has_other)) {
    return { first: await wanted, later: soonEnough(other), is_asked: true };
  }
  return { first: await other, later: soonEnough(wanted), is_asked: true };
}

/** True as soon as one is; false when both are not. */
function eitherHas(a: Promise<boolean>, b: Promise<boolean>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  for (const it of [a, b]) void it.then((has) => has && resolve(true));
  void Promise.all([a, b]).then((all) => resolve(all.includes(true)));
  return promise;
}

/** Whether the preferred family exists, as far as is known soon after the other one is. */
async function hasSoon(wanted: Promise<boolean>, other: Promise<boolean>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  let timer: NodeJS.Timeout | undefined;
  void wanted.then(resolve);
  void other.then((has) => {
    if (has) timer = setTimeout(resolve, PREFERRED_AFTER_MS, false);
  });
  return await promise.finally(() => clearTimeout(timer));
}

async function soonEnough(addresses: Promise<string[]>): Promise<string[]> {
  const { promise, resolve } = Promise.withResolvers<string[]>();
  const timer = setTimeout(resolve, LATER_MS, []);
  addresses.then(resolve, () => resolve([]));
  return await promise.finally(() => clearTimeout(timer));
}

/** A name without addresses says less than the lack of any such name, or of an answer. */
async function moreTelling(a: Promise<string[]>, b: Promise<string[]>): Promise<unknown> {
  const settled = await Promise.allSettled([a, b]);
  const faults = settled.flatMap((it) => (it.status === 'rejected' ? [it.reason] : []));
  return faults.find(({ code }) => code !== 'ENODATA') ?? faults[0];
}
