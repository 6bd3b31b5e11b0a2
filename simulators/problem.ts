/** An error answer as RFC 9457 describes it. */
export function problem(
  status: number,
  title: string,
  errors: { pointer: string; detail: string }[] = [],
): Response {
  return new Response(JSON.stringify({ type: 'about:blank', title, status, errors }), {
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8' },
  });
}
