import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { atOnce } from '../../field/own-trouble/at-once.ts';
import { type MixedRequest, mixedRequest } from './mixed-requests.ts';

/** Connections that ask side by side, fewer than one client may have forms under way. */
const CONNECTIONS = 32;

/** Those who ask a page for the mix, and listen to it. */
export interface Visitors {
  /** Asks for the next so many of the mix. Throws when one is answered as it should not be. */
  ask(count: number): Promise<void>;
  /** Listens so long to the stream, from the first event on, and hangs up. */
  listen(for_ms: number): Promise<void>;
  leave(): void;
}

export function startVisitors(page: string): Visitors {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let asked = 0;

  async function askOnce(n: number): Promise<void> {
    const wanted = mixedRequest(n);
    const { statusCode: status = 0 } = await answered(agent, page, wanted);
    if (!isAsWanted(wanted, status))
      throw new Error(`${wanted.method} ${wanted.path} was answered with ${status}`);
  }

  return {
    async ask(count) {
      const from = asked;
      asked += count;
      await atOnce(
        Array.from({ length: count }, (_, n) => from + n),
        CONNECTIONS,
        askOnce,
      );
    },
    async listen(for_ms) {
      const asking = request(`${page}/live?have=${asked}`).end();
      asking.on('error', () => undefined);
      const answer = await responseOf(asking);
      if (answer.statusCode !== 200) throw new Error(`/live: ${answer.statusCode}`);
      answer.on('error', () => undefined);
      await once(answer, 'data');
      answer.resume();
      await new Promise((resolve) => setTimeout(resolve, for_ms));
      asking.destroy();
    },
    leave: () => agent.destroy(),
  };
}

async function answered(
  agent: Agent,
  page: string,
  { method, path, headers, body }: MixedRequest,
): Promise<IncomingMessage> {
  const { hostname, port } = new URL(page);
  const asking = request({ agent, hostname, port, method, path, headers });
  const answer = await responseOf(asking.end(body));
  answer.resume();
  await once(answer, 'end');
  return answer;
}

async function responseOf(asking: ClientRequest): Promise<IncomingMessage> {
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  return answer;
}

function isAsWanted({ answer }: MixedRequest, status: number): boolean {
  return answer === 'refused' ? status >= 400 && status < 500 : status === answer;
}
