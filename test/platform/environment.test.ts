import { describe, expect, it } from 'vitest';
import { originOf } from '../../platform/config/addresses.ts';
import { databasePath, readEnvironment } from '../../platform/config/environment.ts';

describe('the environment', () => {
  it('has a default for everything', () => {
    expect(readEnvironment({})).toEqual({
      host: '127.0.0.1',
      port: 8080,
      collector_port: 9464,
      page_private_port: 9465,
      notify_port: 9466,
      simulator_port: 8090,
      ingest_host: '127.0.0.1',
      ingest_port: 9470,
      simulator_url: 'http://127.0.0.1:8090',
      data_dir: './data',
      public_url: null,
      log_level: 'info',
      demo_drill: true,
    });
  });

  it('takes empty variables as not set, and finds the simulators on their port', () => {
    const set = readEnvironment({ HOST: '', SIMULATOR_PORT: '0', DEMO_DRILL: 'off' });
    expect(set).toMatchObject({
      host: '127.0.0.1',
      simulator_url: 'http://127.0.0.1:0',
      demo_drill: false,
    });
  });

  it('names every variable that is wrong at once', () => {
    const env = { PORT: '65536', LOG_LEVEL: 'loud', PUBLIC_URL: 'https://x.example.org/a?b' };
    expect(() => readEnvironment(env)).toThrow(
      [
        'The environment has problems; nothing was started.',
        '  PORT: expected a port from 0 to 65535 (0 picks one); found "65536"',
        '  PUBLIC_URL: expected the address of the page, such as https://status.example.org or ' +
          'https://example.org/status, with letters, digits, ".", "_", "~" and "-" in its path; ' +
          'found "https://x.example.org/a?b"',
      ].join('\n'),
    );
    expect(() => readEnvironment(env)).toThrow('LOG_LEVEL: ');
  });
});

it('keeps the database of the demo apart', () => {
  expect(databasePath('data', { demo: true })).toBe('data/demo.db');
  expect(databasePath('data', { demo: false })).toBe('data/piaokuang.db');
});

it.each([
  ['127.0.0.1', 'http://127.0.0.1:80'],
  ['0.0.0.0', 'http://localhost:80'],
  ['::', 'http://localhost:80'],
  ['::1', 'http://[::1]:80'],
])('reaches a listener on %s at %s', (host, origin) => {
  expect(originOf(host, 80)).toBe(origin);
});
