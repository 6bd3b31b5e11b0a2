import type everything from '../../../messages/zh-CN/embed.ts';
import { type Facts, fact, label, some } from './fact.ts';

const reading = (what: string) => fact(`Reading.kind of the element on another site: ${what}.`);
const ago = fact('Age of measured_at by the clock of the server.', some('n'));

export default {
  'embed.title': label,
  'embed.asking': reading('asking, nothing was answered yet'),
  'embed.lost': reading('lost, the last question had no answer and nothing is valid'),
  'embed.expired': reading('expired, the valid_until of the answer has passed'),
  'embed.missing': reading('missing, it was answered with 404 or names nothing'),
  'embed.page': label,
  'embed.now': fact('measured_at was less than 2 s ago by the clock of the server.'),
  'embed.seconds_ago': ago,
  'embed.minutes_ago': ago,
  'embed.hours_ago': ago,
} satisfies Facts<keyof typeof everything>;
