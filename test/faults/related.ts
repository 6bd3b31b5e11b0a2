import { FILES, read } from '../tidy/repository.ts';

/**
 * The tests that ought to see a fault in a room, nearest first: the first that fails ends the
 * search.
 */
const RELATED: readonly [place: RegExp, tests: readonly string[][]][] = [
  [
    /^model\//,
    [
      ['test/model', 'test/rules'],
      ['test/collector', 'test/status-page'],
    ],
  ],
  [
    /^probes\/line\//,
    [
      ['test/probes/line', 'test/rules'],
      ['test/collector', 'test/probes'],
    ],
  ],
  [
    /^collector\//,
    [
      ['test/collector', 'test/rules'],
      ['test/platform', 'test/grafana', 'test/status-page'],
    ],
  ],
  [/^notify\/rendering\//, [['test/notify', 'test/channels'], ['test/status-page']]],
  [
    /^notify\//,
    [
      ['test/notify', 'test/channels'],
      ['test/collector', 'test/status-page'],
    ],
  ],
  [/^http\//, [['test/http', 'test/channels'], ['test/status-page']]],
  [/^store\//, [['test/store'], ['test/notify', 'test/collector']]],
  [/^status-page\//, [['test/status-page']]],
];

/** Groups of files or folders of tests, to be run one after the other. */
export function relatedTests(path: string): readonly string[][] {
  const own = ownTests(path);
  return own.length === 0 ? roomTests(path) : [own, ...roomTests(path)];
}

/** Those of its room, then those of its neighbours. */
export function roomTests(path: string): readonly string[][] {
  const found = RELATED.find(([place]) => place.test(path));
  if (found === undefined) throw new Error(`no tests are related to ${path}`);
  return found[1];
}

/** The tests that import a file themselves are the quickest to see a fault in it. */
export function ownTests(path: string): string[] {
  return FILES.filter((it) =>
    /^test\/(?!field|process|browser).*(?<!long)\.test\.ts$/.test(it),
  ).filter((it) => read(it).includes(`/${path}'`));
}
