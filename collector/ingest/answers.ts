import { problem } from '../../http/problem.ts';

/** The responses that the addresses of the ingest have in common. */

/** The response while the collector is resuming. */
export function answerStarting(): Response {
  return problem({
    status: 503,
    title: 'The collector is starting',
    detail: 'Post the events again; nothing of this body was recorded.',
    headers: { 'retry-after': '2' },
  });
}

export function answerFull(): Response {
  return problem({
    status: 429,
    title: 'Too many events are waiting',
    detail: 'Post them again later; nothing of this body was recorded.',
    headers: { 'retry-after': '10' },
  });
}

export function answerNothingThere(): Response {
  return problem({ status: 404, title: 'Not found' });
}
