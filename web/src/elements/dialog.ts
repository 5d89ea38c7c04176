// Opening a dialog where its reader is.

/** The least height of a dialog in a frame, in pixels, however little of the frame is seen. */
const LEAST = 320;

/**
 * Opens a modal dialog. In a frame as high as its content the middle of the window may be far away, so there it opens
 * in the part of the frame that is seen. The button that asked for it gets the focus back.
 */
export async function openNear(dialog: HTMLDialogElement, opener: HTMLElement): Promise<void> {
  dialog.addEventListener("close", () => opener.focus({ preventScroll: true }), { once: true });
  if (window.parent !== window) {
    const seen = await seenPart();
    const height = Math.min(innerHeight, Math.max(LEAST, seen.height));
    const top = Math.max(0, Math.min(seen.top, innerHeight - height));
    dialog.style.insetBlock = `${top}px ${innerHeight - top - height}px`;
    dialog.style.maxHeight = `${height}px`;
  }
  dialog.showModal();
}

/** What is seen of this frame. Only an observer knows, where the page around is of another origin. */
function seenPart(): Promise<DOMRectReadOnly> {
  return new Promise((resolve) => {
    new IntersectionObserver((entries, observer) => {
      observer.disconnect();
      resolve(entries[0]?.intersectionRect ?? new DOMRect());
    }).observe(document.documentElement);
  });
}
