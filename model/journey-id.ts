import { createHash } from 'node:crypto';

interface JourneyKey {
  installation: string;
  component: string;
  number: string;
}

/**
 * The id of a journey: the same for the same invoice on its way to the same component, and no way
 * back to its number. 32 hex digits.
 */
export function journeyId({ installation, component, number }: JourneyKey): string {
  const key = `${installation}|${component}|${number}`;
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}
