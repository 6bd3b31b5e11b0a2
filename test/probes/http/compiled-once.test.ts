import { createRequire } from 'node:module';
import type * as JsonP3 from 'json-p3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { valuesAt } from '../../../probes/systems/http/engine/json-path.ts';

const { JSONPathEnvironment } = createRequire(import.meta.url)('json-p3') as typeof JsonP3;

test('a JSONPath is compiled once, however many answers are asked', () => {
  const compile = vi.spyOn(JSONPathEnvironment.prototype, 'compile');
  onTestFinished(() => compile.mockRestore());
  const path = '$.items[?@.no == 7].name';
  const answers = [[{ no: 7, name: 'a' }], [], [{ no: 7, name: 1 }]];
  expect(answers.map((items) => valuesAt(path, { items }))).toEqual([['a'], [], [1]]);
  expect(compile.mock.calls).toEqual([[path]]);
});
