import { problem } from '../../http/problem.ts';

/** The response while the collector is resuming. */
export function answerStarting(): Response {
  return problem({
    status: 503,
    title: 'The collector is starting',
    detail: 'Post the events again; nothing of this body was recorded.',
    headers: { 'retry-after': '2' },
  });
}
