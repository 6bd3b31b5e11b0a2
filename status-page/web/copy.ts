import { REFRESHED } from './wire.ts';

showButtons();
document.addEventListener(REFRESHED, showButtons);

/** Shows the copy buttons, which need scripts. */
function showButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy][hidden]')) {
    const source = document.getElementById(button.dataset.copy ?? '');
    if (!source) continue;
    button.hidden = false;
    button.addEventListener('click', async () => {
      await copy(source);
      button.textContent = button.dataset.done ?? '';
    });
  }
}

async function copy(source: HTMLElement): Promise<void> {
  // The clipboard API needs TLS; a selection can be copied everywhere.
  if (navigator.clipboard) await navigator.clipboard.writeText(source.innerText);
  else {
    getSelection()?.selectAllChildren(source);
    document.execCommand('copy');
  }
}
