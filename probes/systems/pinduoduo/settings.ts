import { z } from 'zod';

/** The application's identity at the open platform, and the merchant's authorisation. */
export const pinduoduoSettings = z.strictObject({
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
  access_token: z.string().min(1),
});
export type PinduoduoSettings = z.infer<typeof pinduoduoSettings>;

/** The only credentials the simulator accepts; valid nowhere else. */
export const SIMULATED_CREDENTIALS: PinduoduoSettings = {
  client_id: 'simulated-client',
  client_secret: 'simulated-secret',
  access_token: 'simulated-token',
};
