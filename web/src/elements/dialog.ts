// Opening a dialog where its reader is.

/** As high as a dialog may be in a frame, in pixels: about as much as a reader sees of it at once. */
const SEEN = 800;

/**
 * Opens a modal dialog. In a frame as high as its content the middle of the window may be far away, so there it opens
 * beside the button that asked for it. That button gets the focus back.
 */
export function openNear(dialog: HTMLDialogElement, opener: HTMLElement): void {
  dialog.addEventListener("close", () => opener.focus({ preventScroll: true }), { once: true });
  if (window.parent !== window) {
    const height = Math.min(window.innerHeight, SEEN);
    const top = opener.getBoundingClientRect().top - height / 2;
    dialog.style.marginTop = `${Math.max(0, Math.min(top, window.innerHeight - height))}px`;
    dialog.style.maxHeight = `${height}px`;
  }
  dialog.showModal();
}
