import type { Message } from '../../channels/kit/message.ts';
import type { Words } from '../../messages/index.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Signer } from '../../model/ports.ts';
import { siteAddress } from '../../model/site-address.ts';
import { type ComponentId, systemOf } from '../../model/vocabulary.ts';

/** Everything needed to render a message. */
export interface RenderContext {
  message: Message;
  configuration: Pick<
    Configuration,
    'page' | 'systems' | 'checks' | 'lines' | 'tasks' | 'depends_on'
  >;
  signer: Signer;
  words: Words;
}

/** URL on the public page, in the recipient's language. */
export function publicUrl({ configuration, words }: RenderContext, path: string): string {
  return siteAddress(configuration.page.public_url, `/${words.locale}/${path}`);
}

/** Whether any component belongs to a simulated system. */
export function isSimulated(
  components: readonly ComponentId[],
  { configuration }: RenderContext,
): boolean {
  const systems = components.map(systemOf);
  return configuration.systems.some(
    ({ id, environment }) => environment === 'simulator' && systems.includes(id),
  );
}
