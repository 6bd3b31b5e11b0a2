import type { ZodError } from 'zod';
import { type FieldError, problem } from '../../../http/problem.ts';

/** Part of a request. */
export type Target = 'json' | 'query' | 'param' | 'header' | 'form' | 'cookie';

/** The response to a request that violates the schema. */
export function invalidRequest(target: Target, error: ZodError): Response {
  return unprocessable(
    error.issues.map(({ path, message }) => ({
      ...place(target, path.join('.')),
      detail: message,
    })),
  );
}

/** The location of a field in a problem document. */
export function place(
  target: Target,
  field: string,
): Pick<FieldError, 'pointer' | 'parameter' | 'header'> {
  if (target === 'header') return { header: field };
  if (target === 'query' || target === 'param') return { parameter: field.replace(/\..*$/, '') };
  return { pointer: field === '' ? '#' : `#/${field.replaceAll('.', '/')}` };
}

export function unprocessable(errors: FieldError[]): Response {
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
