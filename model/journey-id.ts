import { createHash } from 'node:crypto';

interface JourneyKey {
  installation: string;
  component: string;
  number: string;
}

/**
 * Deterministic id of the journey of an invoice to a component, 32 hex digits; a one-way hash, so
 * that it does not reveal the number.
 */
export function journeyId({ installation, component, number }: JourneyKey): string {
  const key = `${installation}|${component}|${number}`;
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}
