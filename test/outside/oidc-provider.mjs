// The npm package oidc-provider on a free port, with one client that may have client credentials.
// Says its address on stdout, then the grant of each token it gives.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [, , client_id, client_secret] = process.argv;
const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id,
        client_secret,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
      },
    ],
    features: {
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      devInteractions: { enabled: false },
    },
    scopes: ['invoices'],
    ttl: { ClientCredentials: 600 },
  });
  provider.on('grant.success', () => process.stdout.write('granted\n'));
  server.on('request', provider.callback());
  process.stdout.write(`${issuer}\n`);
});
