import type { ZodError } from 'zod';
import { type FieldError, problem } from '../../../../http/problem.ts';
import { CATALOGUES } from '../../../../messages/catalogue.ts';
import { createText } from '../../../../messages/index.ts';
import { maintenanceProblemText, type Wording } from '../../../../messages/problems.ts';
import type { MaintenanceProblem } from '../../../../model/maintenance/problems.ts';
import type { CommandOutcome } from '../../../commands/maintenances.ts';
import { etagOf, type Site, toWire } from './wire.ts';

type Target = 'json' | 'query' | 'param' | 'header' | 'form' | 'cookie';

/** What the API answers: the maintenance, or a problem document that names each field. */
export function createAnswers(page: Site) {
  const wording: Wording = {
    text: createText(CATALOGUES, 'en'),
    time: (at) => new Date(at).toISOString(),
    status: (status) => status,
    list: (items) => items.join(', '),
  };

  function answer(outcome: CommandOutcome, status: 200 | 201 = 200): Response {
    switch (outcome.result) {
      case 'done':
      case 'same':
        return Response.json(toWire(outcome.maintenance, page), {
          status: outcome.result === 'done' ? status : 200,
          headers: { etag: etagOf(outcome.maintenance), 'cache-control': 'no-store' },
        });
      case 'missing':
        return problem({ status: 404, title: 'There is no such maintenance' });
      case 'stale':
        return problem({
          status: 412,
          title: 'It is not as you saw it',
          detail: 'Get it again, compare, and send If-Match with its new ETag.',
        });
      case 'refused':
        return refusal(outcome.problems);
    }
  }

  function refusal(problems: MaintenanceProblem[]): Response {
    const wrong_status = problems.find(({ code }) => code === 'wrong_status');
    if (wrong_status) {
      return problem({
        status: 409,
        title: 'As it stands, this cannot be done',
        detail: maintenanceProblemText(wrong_status, wording),
      });
    }
    return unprocessable(
      problems.map((it) => ({
        ...place('json', it.field),
        detail: maintenanceProblemText(it, wording),
      })),
    );
  }

  return { answer, invalid };
}

/** What does not have the form that the description asks for. */
function invalid({ target, error }: { target: Target; error: ZodError }): Response {
  return unprocessable(
    error.issues.map(({ path, message }) => ({
      ...place(target, path.join('.')),
      detail: message,
    })),
  );
}

function place(
  target: Target,
  field: string,
): Pick<FieldError, 'pointer' | 'parameter' | 'header'> {
  if (target === 'header') return { header: field };
  if (target === 'query' || target === 'param') return { parameter: field };
  return { pointer: field === '' ? '#' : `#/${field.replaceAll('.', '/')}` };
}

function unprocessable(errors: FieldError[]): Response {
  return problem({
    status: 422,
    title: 'Something in the request is wrong',
    detail: 'Nothing was changed; errors names each part and what was expected.',
    errors,
  });
}

export function brokenJson(): Response {
  return problem({ status: 400, title: 'The body is not JSON' });
}

export function notJson(): Response {
  return problem({
    status: 415,
    title: 'The body is not declared as JSON',
    detail: 'Send it with: Content-Type: application/json',
    headers: { accept: 'application/json' },
  });
}
