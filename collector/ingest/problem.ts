/** An error answer as RFC 9457 describes it. */
export function problem(
  status: number,
  title: string,
  {
    detail,
    headers = {},
    more = {},
  }: { detail?: string; headers?: Record<string, string>; more?: Record<string, unknown> } = {},
): Response {
  return new Response(JSON.stringify({ type: 'about:blank', title, status, detail, ...more }), {
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', ...headers },
  });
}
