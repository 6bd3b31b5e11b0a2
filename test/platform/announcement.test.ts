import { expect, test, vi } from 'vitest';
import { printStartup } from '../../platform/process/announcement.ts';

test.each([
  ['', 'http://localhost:8080/', 'http://localhost:8080/admin'],
  ['/status', 'http://localhost:8080/status/', 'http://localhost:8080/status/admin'],
])('O6: below "%s" the start names where the page is on this machine', (base_path, ...said) => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  printStartup({
    host: '0.0.0.0',
    page: { page: 8080, private: 1 },
    base_path,
    collector: { private: 2 },
    notifier: { private: 3 },
    ingest_url: null,
    simulator_url: null,
  });
  const told = write.mock.calls.join('\n');
  write.mockRestore();
  expect(told.match(/(?<=(?:page|admin) +)\S+/g)).toEqual(said);
});
