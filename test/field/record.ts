/**
 * `npm run record -- servers|files|pages [id …]`: writes anew what the reference programs make of
 * the odd servers, files or pages of the field tests; with ids of those only.
 */
const [what = '', ...ids] = process.argv.slice(2);
const KINDS = ['servers', 'files', 'pages'];
if (!KINDS.includes(what)) throw new Error(`record what? ${KINDS.join(' or ')}`);
const { record } = await import(`./${what}/record.ts`);
await record(ids);
