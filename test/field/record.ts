import { argumentsOrExit, usageOf } from '../../platform/arguments.ts';
import { print } from '../../platform/console.ts';

/**
 * `npm run record -- servers|files|pages [id …]`: writes anew what the reference programs make of
 * the odd servers, files or pages of the field tests; with ids of those only.
 */
const [what = '', ...ids] = argumentsOrExit('record').words;
const KINDS = ['servers', 'files', 'pages'];
if (!KINDS.includes(what)) {
  print(usageOf('record'));
  process.exit(2);
}
const { record } = await import(`./${what}/record.ts`);
await record(ids);
