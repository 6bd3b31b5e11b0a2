/**
 * `npm run record -- servers|files [id …]`: writes anew what the reference programs make of the odd
 * servers or files of the field tests; with ids of those only.
 */
const [what = '', ...ids] = process.argv.slice(2);
const KINDS = ['servers', 'files'];
if (!KINDS.includes(what)) throw new Error(`record what? ${KINDS.join(' or ')}`);
const { record } = await import(`./${what}/record.ts`);
await record(ids);
