import { ANY_ORIGIN, REVALIDATE } from '../../../../http/headers.ts';
import type { Handlers } from '../../../kit/route.ts';
import { unprocessable } from '../problems.ts';
import { resourceHandlers } from '../resource.ts';
import type { ApiWing } from '../wing.ts';
import { historyOperation } from './operation.ts';
import type { HistoryParts } from './parts.ts';
import { type HistoryQuery, readQuery } from './query.ts';
import { historyText } from './text.ts';

/** Public, like the page that shows the same. */
export function historyHandlers(wing: ApiWing, path: string): Handlers {
  const resource = wing.newResource(path);
  const parts = { ...wing, inTurn: createTurns() };
  resource.openapi(historyOperation, (c) => {
    const read = readQuery(c.req.valid('query'), wing.configuration, wing.clock.now());
    if ('errors' in read) return unprocessable(read.errors);
    const headers = headersOf(read.query);
    // Nobody would end a stream that is not sent.
    if (c.req.method === 'HEAD') return new Response(null, { headers });
    return new Response(streamOf(historyText(parts, read.query)), { headers });
  });
  return resourceHandlers(resource);
}

/** One read of a few ms at a time, of however many histories: the page is served meanwhile. */
function createTurns(): HistoryParts['inTurn'] {
  let last: Promise<unknown> = Promise.resolve();
  return (read) => {
    const done = last.then(read);
    last = done.catch(() => undefined);
    return done;
  };
}

function headersOf({ kind, format }: HistoryQuery) {
  return {
    ...ANY_ORIGIN,
    'cache-control': REVALIDATE,
    ...(format === 'json'
      ? { 'content-type': 'application/json' }
      : {
          'content-type': 'text/csv; charset=utf-8; header=present',
          'content-disposition': `attachment; filename="piaokuang-${kind}.csv"`,
        }),
  };
}

/** Read only as fast as it is taken. */
function streamOf(text: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await text.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await text.return(undefined);
    },
  });
}
