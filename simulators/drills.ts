import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { limitBody } from '../http/body.ts';
import { problem } from '../http/problem.ts';
import { iso } from '../model/time.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import type { Drill, SimulatorDefinition } from '../probes/simulator.ts';
import { readDrill } from './drill-input.ts';
import type { Ledger } from './ledger.ts';
import type { SimulatorParts } from './parts.ts';

const MAX_INPUT_BYTES = 16 * 1024;
/** Limit of pending and active drills of one system. */
const MAX_DRILLS = 100;

/**
 * The drill API of one system: `GET` lists pending and active drills, `GET /kinds` the supported
 * ones, `POST` adds one, `DELETE` ends all, `DELETE /{id}` ends one.
 */
export function drillRoutes(
  system: string,
  definition: SimulatorDefinition,
  { ledger, clock }: SimulatorParts,
): Hono {
  const pending = () => drillsOf(ledger, system).filter(({ until }) => until > clock.now());
  const app = new Hono();

  app.get('/', (c) => c.json({ drills: pending().map(published) }));

  app.get('/kinds', (c) => c.json({ kinds: definition.drills, functions: definition.functions }));

  app.post('/', limitBody(MAX_INPUT_BYTES), async (c) => {
    // Cross-origin pages cannot send this type without CORS, so no other site can start a drill
    // from a visitor's browser.
    if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
      return problem({ status: 415, title: 'The body must be application/json' });
    }
    const input = readDrill(await json(c), system, definition, clock.now());
    if ('problems' in input)
      return problem({ status: 400, title: 'This is not a drill', errors: input.problems });
    if (pending().length >= MAX_DRILLS)
      return problem({ status: 409, title: `There are ${MAX_DRILLS} drills already` });
    const drill = { id: randomBytes(6).toString('hex'), ...input.drill };
    ledger.addDrill(drill);
    return c.json(published(drill), 201);
  });

  app.delete('/', (c) => {
    const drills = pending();
    for (const { id } of drills) ledger.endDrill(id, clock.now());
    return c.json({ ended: drills.length });
  });

  app.delete('/:id', (c) => {
    const drill = pending().find(({ id }) => id === c.req.param('id'));
    if (drill === undefined) return problem({ status: 404, title: 'There is no such drill' });
    ledger.endDrill(drill.id, clock.now());
    return c.body(null, 204);
  });

  return app;
}

/** The drills of a system, past ones too. */
export function drillsOf(ledger: Ledger, system: string): Drill[] {
  return ledger.drills().filter((drill) => drill.system === system);
}

/** Whether a drill is active. */
export function isActive({ from, until }: Drill, now: EpochMs): boolean {
  return from <= now && now < until;
}

async function json(c: Context): Promise<unknown> {
  try {
    return await c.req.json();
  } catch {
    return undefined;
  }
}

/** The public representation: fields relevant for the kind, times in ISO 8601. */
function published({ from, until, ...drill }: Drill) {
  const given = Object.entries(drill).filter(([, value]) => value !== null);
  return {
    ...Object.fromEntries(given),
    from: iso(from),
    until: iso(until),
  };
}
