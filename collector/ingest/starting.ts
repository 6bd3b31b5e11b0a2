import type { IngestCallback } from '../../model/configuration.ts';
import type { Log, Telemetry } from '../../model/ports.ts';
import { answerStarting } from './answers.ts';
import { createCallbackFinder } from './callback-address.ts';

export interface StartingParts {
  callbacks: readonly IngestCallback[];
  telemetry: Telemetry;
  log: Log;
}

const ADDRESS = /^\/ingest\/callbacks\/([^/]+)\/([^/]+)$/;

/**
 * Answers whatever is posted while the collector is resuming. Some providers tell each invoice
 * once: that a callback of theirs was not taken is counted as at any other time.
 */
export function createStarting({ callbacks, telemetry, log }: StartingParts) {
  const callbackOf = createCallbackFinder(callbacks);
  return ({ url, method }: Pick<Request, 'url' | 'method'>): Response => {
    const [, id = '', secret = ''] = ADDRESS.exec(new URL(url).pathname) ?? [];
    const callback = method === 'POST' && id !== '' ? callbackOf(id, secret) : null;
    if (callback !== null) {
      telemetry.count('fapiao_ingest_callbacks_total', { callback: callback.id, result: 'busy' });
      const why = 'a callback could not be taken: the collector is starting';
      log.warn({ callback: callback.id }, why);
    }
    return answerStarting();
  };
}
