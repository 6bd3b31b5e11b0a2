import type { Journey } from '../../model/journey.ts';
import type { LookReport } from '../judging/journey.ts';
import { stepOf } from '../judging/step.ts';
import { evaluateLooks, type JourneyLook } from '../judging/sync.ts';
import type { Site } from '../state/site.ts';
import { judgeLapse } from './judge-batch.ts';
import { Unrecordable } from './outage.ts';
import type { Transactions } from './transactions.ts';

/** Records looks at journeys, those that wait together. */
export interface Looks {
  /** Resolves when the look is committed. Rejects while nothing can be recorded. */
  add(looked: Pick<Journey, 'id' | 'check'>, report: LookReport): Promise<void>;
}

/** Looks per transaction. Each alone would judge all that waits anew. */
const AT_ONCE = 100;

interface Waiting extends JourneyLook {
  settle: (why?: unknown) => void;
}

export function createLooks(transactions: Transactions, site: Site): Looks {
  const waiting: Waiting[] = [];

  return {
    add(looked, report) {
      const outage = transactions.outage();
      if (outage !== null) return Promise.reject(new Unrecordable(outage));
      return new Promise((resolve, reject) => {
        waiting.push({ looked, report, settle: (why) => (why ? reject(why) : resolve()) });
        void transactions.inOrder(record);
      });
    },
  };

  async function record(): Promise<void> {
    const looks = waiting.splice(0, AT_ONCE);
    if (looks.length === 0) return;
    const why = await failureOf(looks);
    if (why === null || looks.length === 1 || transactions.outage() !== null)
      for (const { settle } of looks) settle(why);
    // One that cannot be written takes no others with it.
    else for (const look of looks) look.settle(await failureOf([look]));
  }

  /** Why they are not recorded; null: they are. */
  async function failureOf(looks: readonly JourneyLook[]): Promise<unknown> {
    try {
      await transactions.transactNow((draft, context) => {
        const checks = new Set(looks.map(({ looked }) => looked.check));
        for (const check of checks) {
          const component = site.measured_by.get(check);
          if (component) judgeLapse(draft, context, { component, at: context.now });
        }
        const evaluations = evaluateLooks(context, looks);
        if (evaluations.length > 0) draft.add(stepOf(context, evaluations));
      });
      return null;
    } catch (err) {
      return err;
    }
  }
}
