import { expect } from 'vitest';
import { ConfigurationError } from '../../platform/config/issues.ts';
import { read, type SiteParts, siteOf } from '../probes/http/portal.ts';

/** What is wrong with the settings of a system of the driver `http`. */
export function problemsOfSite(settings: string, more: Partial<SiteParts> = {}): string[] {
  const parts = { url: 'https://portal.example.org', functions: ['reach'], settings, ...more };
  try {
    read(parts);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const lines = siteOf(parts).split('\n');
    return error.issues.map(({ path, line, message }) => {
      // The line is that of the value, or of what it is missing from.
      expect(lines[line - 1], path).toBeDefined();
      return `${path.replace('systems.portal.settings.', '')}: ${message}`;
    });
  }
}

/** Of the invoices that are asked for. */
export const KEYS = `
known: { number: '1' }
unknown: { number: '2' }`;
