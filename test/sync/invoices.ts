import { HOUR, MINUTE, SECOND } from '../../model/time.ts';

/** How long an invoice takes that was accepted at the instant, in ms; null: it never comes. */
export type Delay = (accepted_at: number, random: () => number) => number | null;

/** Lognormal with that median and that standard deviation of the logarithm. */
export function lognormal(median_ms: number, sigma: number): Delay {
  return (_, random) => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return median_ms * Math.exp(sigma * normal);
  };
}

/** A queue that is emptied at each full multiple of a time, which takes up to a minute. */
export function emptiedEvery(every_ms: number): Delay {
  return (accepted_at, random) => every_ms - (accepted_at % every_ms) + random() * MINUTE;
}

/** A share of them never comes. */
export function losing(share: number, delay: Delay): Delay {
  return (accepted_at, random) => (random() < share ? null : delay(accepted_at, random));
}

/** Another system from an instant on. */
export function switched(at: number, before: Delay, after: Delay): Delay {
  return (accepted_at, random) => (accepted_at < at ? before : after)(accepted_at, random);
}

/** Nothing arrives in [from, to); what would have comes afterwards, 5 s apart. */
export function standingStill({ from, to }: { from: number; to: number }, delay: Delay): Delay {
  let behind = 0;
  return (accepted_at, random) => {
    const delay_ms = delay(accepted_at, random);
    const arrives_at = delay_ms === null ? null : accepted_at + delay_ms;
    if (arrives_at === null || arrives_at < from || arrives_at >= to) return delay_ms;
    behind += 1;
    return to + behind * 5 * SECOND - accepted_at;
  };
}

export interface Invoice {
  accepted_at: number;
  /** null: never. */
  arrives_at: number | null;
}

export interface Acceptances {
  from: number;
  to: number;
  /** While any are accepted. */
  per_hour: number;
  /** Always, unless given. */
  isOpen?: (at: number) => boolean;
}

/** Accepted at random times of a span, in order. */
export function drawInvoices(
  { from, to, per_hour, isOpen = () => true }: Acceptances,
  delay: Delay,
  random: () => number,
): Invoice[] {
  const invoices: Invoice[] = [];
  for (let at = from; ; ) {
    at += (-Math.log(1 - random()) * HOUR) / per_hour;
    if (at >= to) return invoices;
    if (!isOpen(at)) continue;
    const accepted_at = Math.round(at);
    const delay_ms = delay(accepted_at, random);
    const arrives_at = delay_ms === null ? null : Math.round(accepted_at + delay_ms);
    invoices.push({ accepted_at, arrives_at });
  }
}
