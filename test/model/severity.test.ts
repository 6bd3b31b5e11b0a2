import { describe, expect, it } from 'vitest';
import { indicator } from '../../model/severity.ts';
import type { State } from '../../model/vocabulary.ts';

describe('the v2 indicator', () => {
  it.each([
    [['operational'], 'none'],
    [['operational', 'unknown'], 'minor'],
    [['degraded_performance', 'under_maintenance'], 'minor'],
    [['under_maintenance', 'operational'], 'maintenance'],
    [['partial_outage', 'unknown'], 'major'],
    [['major_outage', 'partial_outage'], 'critical'],
  ] as [State[], string][])('%j is %s', (states, expected) => {
    expect(indicator(states)).toBe(expected);
  });
});
