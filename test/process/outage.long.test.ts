import { describe, it } from 'vitest';
import { outageStory } from './outage.ts';
import { useQuickSite } from './use-installation.ts';

const site = useQuickSite();

describe('a function that is switched off', () => {
  it('is confirmed in time, told everywhere, and resolved when it is back', () =>
    outageStory(site.now, { interval_ms: 2_000, deadline_ms: 2_000 }));
});
