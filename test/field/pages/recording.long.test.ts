import { expect, it } from 'vitest';
import { readPageRecording, recordPages } from './record.ts';

it('the installed Chromium still shows what was recorded', async () => {
  expect(await recordPages()).toEqual(readPageRecording());
});
