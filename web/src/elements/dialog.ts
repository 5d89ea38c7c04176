// Opening a dialog where its reader is.

/**
 * Opens a modal dialog. In a frame as high as its content the middle of the window may be far away, so there it opens
 * beside the button that asked for it.
 */
export function openNear(dialog: HTMLDialogElement, opener: HTMLElement): void {
  dialog.addEventListener("close", () => opener.focus({ preventScroll: true }), { once: true });
  const { top } = opener.getBoundingClientRect();
  dialog.showModal();
  if (window.parent === window) return;
  const highest = Math.max(0, window.innerHeight - dialog.offsetHeight);
  dialog.style.top = `${Math.min(highest, Math.max(0, top - dialog.offsetHeight / 2))}px`;
  dialog.style.marginTop = "0";
}
