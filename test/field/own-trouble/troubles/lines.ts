import { sleepMs } from '../instant.ts';
import { type Stage, type Trouble, trouble } from './trouble.ts';

/** Names that hang, a resolver that is dead, a line that is dead, a neutral host that is dead. */
export const LINES: Trouble[] = [
  trouble('names', 'the name servers of six systems never answer', hangNames, {
    hung: 6,
    blind: 'never',
  }),
  trouble('resolver', 'our name server is silent, or answers that it failed', breakResolver, {
    misjudged_at_most: 2,
  }),
  ...[0, 1, 2].map((neutrals) =>
    trouble(`line-${neutrals}`, `our line is dead, with ${neutrals} neutral hosts`, cutLine, {
      neutrals,
      misjudged_at_most: neutrals < 2 ? 2 : 1,
    }),
  ),
  trouble('neutral', 'one of two neutral hosts is dead', breakNeutral, { blind: 'never' }),
];

async function hangNames({ world, sites, pace }: Stage): Promise<void> {
  const hung = sites.filter(({ role }) => role === 'hung').map(({ host }) => host);
  await world.ask({ what: 'names', mode: 'well', hung });
  await sleepMs(3 * pace.trouble_ms);
  await world.ask({ what: 'names', mode: 'well', hung: [] });
}

async function breakResolver({ world, pace, turn }: Stage): Promise<void> {
  const mode = turn % 2 === 0 ? 'silent' : 'failing';
  await world.ask({ what: 'names', mode, hung: [] });
  await sleepMs(pace.trouble_ms);
  await world.ask({ what: 'names', mode: 'well', hung: [] });
}

async function cutLine({ line, pace, turn }: Stage): Promise<void> {
  if (turn % 2 === 0) await line.mute();
  else line.unplug();
  await sleepMs(pace.trouble_ms);
  await line.restore();
}

async function breakNeutral({ world, pace, turn }: Stage): Promise<void> {
  const health = turn % 2 === 0 ? 'hanging' : 'closed';
  await world.ask({ what: 'become', site: 'neutral-1', health });
  await sleepMs(pace.trouble_ms);
  await world.ask({ what: 'become', site: 'neutral-1', health: 'well' });
}
