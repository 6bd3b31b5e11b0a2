import { describe, it } from 'vitest';
import { outageStory } from './outage.ts';
import { useDemo } from './use-installation.ts';

const demo = useDemo();

describe('the demo, at its own pace: a function that is switched off', () => {
  it('is confirmed in time, told everywhere, and resolved when it is back', () =>
    outageStory(demo.now, { interval_ms: 15_000, deadline_ms: 8_000 }));
});
