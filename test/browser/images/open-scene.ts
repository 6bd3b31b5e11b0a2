import { fakeClock, openSite, siteConfiguration, startPage } from '../../status-page/site.ts';
import type { Scene } from './scenes.ts';

/** A scene that is served. */
export interface OpenScene {
  scene: Scene;
  url: string;
  /** What `prepare` returned. */
  secret: string;
  close(): Promise<void>;
}

/** Serves a scene with the web part that was built into `web`. */
export async function openScene(scene: Scene, web: string): Promise<OpenScene> {
  const configuration = siteConfiguration();
  // The browser keeps a cookie for https to itself here.
  configuration.page.public_url = 'http://127.0.0.1';
  const site = await openSite(configuration);
  const secret = String(await scene.prepare(site));
  const page = await startPage({ site, clock: fakeClock(), built: web });
  return {
    scene,
    url: page.url,
    secret,
    async close() {
      await page.stop();
      await site.close();
    },
  };
}
