import type { Mailbox } from '../../../channels/email/mailbox.ts';
import { problem } from '../../../http/problem.ts';
import type { Wing, WingParts } from '../../kit/wing.ts';
import type { Drills } from '../drills.ts';

/** What only the demo has. */
export interface DemoParts {
  drills: Drills;
  mailbox: Mailbox;
}

export interface DemoWing extends Wing, WingParts, DemoParts {}

/** Asks the simulators for something; what they do not take is told as such. */
export async function withSimulators(
  { log }: WingParts,
  work: () => Promise<Response>,
): Promise<Response> {
  try {
    return await work();
  } catch (err) {
    log.warn({ err }, 'the simulators did not answer');
    return problem({
      status: 502,
      title: 'The simulators did not take it',
      detail: 'Try again in a moment.',
    });
  }
}
