import type { PageWords } from '../../../messages/index.ts';
import { HOUR, MINUTE, SECOND } from '../../../model/time.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';

/**
 * Defines `<relative-time at="epoch ms">`, which shows and updates the elapsed time once the
 * server's clock is known.
 */
export function defineRelativeTime(words: PageWords, now: () => EpochMs | null): void {
  customElements.define(
    'relative-time',
    class extends HTMLElement {
      static observedAttributes = ['at'];
      #ticking: ReturnType<typeof setInterval> | undefined;

      connectedCallback() {
        this.#ticking = setInterval(() => this.#update(), SECOND);
        this.#update();
      }

      disconnectedCallback() {
        clearInterval(this.#ticking);
      }

      attributeChangedCallback() {
        this.#update();
      }

      #update() {
        const at = now();
        if (at === null) return;
        const text = relative(at - Number(this.getAttribute('at')), words);
        if (this.textContent !== text) this.textContent = text;
      }
    },
  );
}

/** "刚刚", "45 秒前", "2 分钟前": the largest unit only, rounded down. */
export function relative(age_ms: number, words: PageWords): string {
  if (age_ms < 2 * SECOND) return words.text('relative.now');
  const unit = age_ms < MINUTE ? SECOND : age_ms < HOUR ? MINUTE : HOUR;
  return words.text('relative.ago', { duration: words.duration(Math.floor(age_ms / unit) * unit) });
}
