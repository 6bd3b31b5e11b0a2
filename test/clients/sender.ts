import { openIngestClient } from '../../clients/ingest/index.ts';

/** Sends events until it is killed, and says the key of each that is on disk. */
const [buffer = '', url = '', token = '', round = ''] = process.argv.slice(2);
const client = await openIngestClient({ buffer, url, token });
for (let i = 0; ; i += 1) {
  const key = `r${round}-${i}`;
  await client.send({
    key,
    system: 'shop',
    type: 'issued',
    at: new Date(Date.now() - 5_000).toISOString(),
    duration_ms: 900,
  });
  process.stdout.write(`${key}\n`);
}
