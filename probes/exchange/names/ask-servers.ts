import { Resolver } from 'node:dns/promises';
import { type NameCode, nameFault } from './name-fault.ts';

export type AddressFamily = 4 | 6;

/** The servers of one run. They are asked again and again until the run ends them. */
export interface NameQuestions {
  /** Addresses of the name in this family. Rejects with a name fault. */
  ask(name: string, family: AddressFamily): Promise<string[]>;
  /** Ends what is still asked, whose promises may never settle. */
  end(): void;
}

/** Remembers which servers do not answer, so that they are asked last. */
export interface ServerMemory {
  inOrder(servers: readonly string[]): string[];
  silent(server: string): void;
}

/** A server that does not answer so soon is not waited for alone. */
const NEXT_SERVER_AFTER_MS = 400;
const REMEMBERED_MS = 60_000;
/** Of one packet, which may be lost; c-ares doubles it with each try: 15 s in all. */
const PACKET = { timeout: 1_000, tries: 4 };

/** Answers that another server would not better. */
const FINAL: ReadonlySet<string> = new Set<NameCode>(['ENOTFOUND', 'ENODATA', 'EBADNAME']);

export function rememberServers(monotonic: () => number): ServerMemory {
  const silent_at = new Map<string, number>();
  const isSilent = (it: string) => monotonic() - (silent_at.get(it) ?? -Infinity) < REMEMBERED_MS;
  return {
    inOrder: (servers) => servers.toSorted((a, b) => Number(isSilent(a)) - Number(isSilent(b))),
    silent(server) {
      // Configurations may change for ever, and have three servers each.
      if (silent_at.size > 30) silent_at.clear();
      silent_at.set(server, monotonic());
    },
  };
}

/** Asks the next server after a while, at once when one cannot help, and takes the first answer. */
export function questionServers(servers: readonly string[], memory: ServerMemory): NameQuestions {
  const resolvers = memory.inOrder(servers).flatMap((server) => {
    const resolver = resolverOf(server);
    return resolver === null ? [] : [{ server, resolver }];
  });
  let over = false;

  function ask(name: string, family: AddressFamily): Promise<string[]> {
    const { promise, resolve, reject } = Promise.withResolvers<string[]>();
    const waiting = [...resolvers];
    const asked: string[] = [];
    let worst: Error | null = null;
    let running = 0;
    let timer: NodeJS.Timeout | undefined;

    function askNext(): void {
      clearTimeout(timer);
      const next = waiting.shift();
      if (over) return;
      if (next === undefined) {
        if (running === 0) reject(worst ?? nameFault('ENOSERVER'));
        return;
      }
      running += 1;
      asked.push(next.server);
      query(next.resolver, name, family).then(
        (addresses) => settle(next.server, () => resolve(addresses)),
        (error: NodeJS.ErrnoException) => fail(next.server, nameFault(error.code)),
      );
      if (waiting.length > 0) timer = setTimeout(askNext, NEXT_SERVER_AFTER_MS);
    }

    /** Those that were asked before and have not answered yet are slow, or dead. */
    function settle(server: string, how: () => void): void {
      clearTimeout(timer);
      for (const before of asked.slice(0, asked.indexOf(server))) memory.silent(before);
      how();
    }

    function fail(server: string, error: NodeJS.ErrnoException): void {
      running -= 1;
      if (FINAL.has(error.code ?? '')) {
        settle(server, () => reject(error));
      } else {
        worst ??= error;
        askNext();
      }
    }

    askNext();
    return promise;
  }

  return {
    ask,
    end() {
      over = true;
      for (const { resolver } of resolvers) resolver.cancel();
    },
  };
}

/** Null for an address that c-ares does not take, such as one with a zone. */
function resolverOf(server: string): Resolver | null {
  const resolver = new Resolver(PACKET);
  try {
    resolver.setServers([server]);
    return resolver;
  } catch {
    return null;
  }
}

/** An alias of nothing is an answer without addresses, which c-ares does not call a fault. */
async function query(resolver: Resolver, name: string, family: AddressFamily): Promise<string[]> {
  const found = await (family === 4 ? resolver.resolve4(name) : resolver.resolve6(name));
  if (found.length === 0) throw nameFault('ENODATA');
  return found;
}
