import type { Answer } from './answer.ts';
import { type Attempt, failed, succeeded, unexpected } from './failure.ts';
import { declaresMaintenance } from './maintenance.ts';

/**
 * Statuses that refuse this client, not every user: delivery hosts answer automated clients with
 * 511.
 */
const REFUSES_US = new Set([401, 403, 407, 511]);

/** The answer if it has the expected status, else the corresponding failure. */
export function expectStatus(answer: Answer, status = 200): Attempt<Answer> {
  if (answer.status === status) return succeeded(answer);
  const detail = `HTTP ${answer.status}`;
  if (declaresMaintenance(answer)) return failed('maintenance', 'http_status', detail);
  if (answer.status === 429) return failed('throttled', 'http_status', detail);
  if (REFUSES_US.has(answer.status)) return failed('credential', 'http_status', detail);
  if (answer.status === 413) return failed('user_data', 'http_status', detail);
  return failed('system', 'http_status', detail);
}

/** The answer if complete; a truncated one counts as a broken connection. */
export function expectComplete(answer: Answer): Attempt<Answer> {
  if (answer.complete) return succeeded(answer);
  const announced = answer.content_length === null ? '' : ` of ${answer.content_length}`;
  return failed(
    'network',
    'connection_reset',
    `closed after ${answer.body.length}${announced} bytes`,
  );
}

/** The JSON object of a complete answer with status 200, or the corresponding failure. */
export function expectJson(answer: Answer): Attempt<Record<string, unknown>> {
  const complete = expectComplete(answer);
  if (!complete.ok) return complete;
  const good = expectStatus(answer);
  if (!good.ok) return good;
  try {
    const value: unknown = JSON.parse(answer.body.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return succeeded(value as Record<string, unknown>);
    }
    return unexpected('JSON, but not an object');
  } catch {
    return unexpected(looksLikeHtml(answer.body) ? 'HTML instead of JSON' : 'not JSON');
  }
}

function looksLikeHtml(body: Buffer): boolean {
  return body.toString('latin1', 0, 64).trimStart().startsWith('<');
}
