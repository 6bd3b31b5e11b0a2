import type { AskedDomain, RegisteredDomain } from '../model/domain.ts';
import type { Clock, Log } from '../model/ports.ts';
import { DAY } from '../model/time.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import type { Attempt } from '../probes/exchange/failure.ts';
import type { DomainReads } from '../store/ports/domains.ts';
import type { Recorder } from './recorder.ts';

export interface DomainWatchParts {
  domains: readonly RegisteredDomain[];
  store: DomainReads;
  recorder: Pick<Recorder, 'domain' | 'outage'>;
  /** Asks the registry until when a domain is registered. Never rejects. */
  ask: (domain: RegisteredDomain) => Promise<Attempt<EpochMs>>;
  /** Receives what is known, at first and anew. */
  observe: (known: AskedDomain) => void;
  clock: Clock;
  log: Log;
}

/**
 * Asks registries for the domains, each at most once a day, one after the other. That it is asked
 * is recorded before, so that whatever happens then it is not asked more often. No answer is
 * unknown: what was said before stays. To be called every minute.
 */
export function createDomainWatch(parts: DomainWatchParts): () => Promise<void> {
  const { domains, store, recorder, ask, observe, clock, log } = parts;
  let known: Map<string, AskedDomain> | null = null;

  return async () => {
    known ??= await load();
    for (const domain of domains) {
      if (recorder.outage() !== null) return;
      const now = clock.now();
      const before = known.get(domain.name) ?? null;
      if (before !== null && Math.abs(now - before.asked_at) < DAY) continue;
      const asked = { ...nothingKnown(domain), ...before, asked_at: now };
      await recorder.domain(asked);
      known.set(domain.name, asked);
      const answer = await ask(domain);
      if (!answer.ok) {
        log.warn({ domain: domain.name, ...answer.failure }, 'the registry does not say');
        continue;
      }
      const said = { ...asked, expires_at: answer.value, measured_at: now };
      known.set(domain.name, said);
      observe(said);
      await recorder.domain(said);
    }
  };

  async function load(): Promise<Map<string, AskedDomain>> {
    const configured = new Set(domains.map(({ name }) => name));
    const stored = (await store.domains()).filter(({ name }) => configured.has(name));
    for (const it of stored) observe(it);
    return new Map(stored.map((it) => [it.name, it]));
  }
}

function nothingKnown({ name }: RegisteredDomain): Omit<AskedDomain, 'asked_at'> {
  return { name, expires_at: null, measured_at: null };
}
