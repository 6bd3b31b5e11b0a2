/** What a simulated system is made to do. */
export interface Disturbance {
  kind: string;
  function?: string;
  format?: string;
  ms?: number;
  code?: number;
}

/** Starts a drill that ends by itself after `for_ms`; returns its id. */
export async function startDrill(
  simulators: string,
  system: string,
  drill: Disturbance,
  for_ms = 10 * 60_000,
): Promise<string> {
  const answer = await fetch(`${simulators}/${system}/drills`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...drill, until: new Date(Date.now() + for_ms).toISOString() }),
  });
  if (!answer.ok) throw new Error(`drill refused: ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

export async function endDrills(simulators: string, system: string): Promise<void> {
  const answer = await fetch(`${simulators}/${system}/drills`, { method: 'DELETE' });
  if (!answer.ok) throw new Error(`drills not ended: HTTP ${answer.status}`);
}
