// Opening a dialog where its reader is.

/** How high a dialog may be in a frame, in pixels: the least, however little of the frame is seen, and the most. */
const HEIGHT = { least: 320, most: 800 } as const;

/**
 * Opens a modal dialog. In a frame as high as its content the middle of the window may be far away, so there it opens
 * in the part of the frame that is seen, beside the button that asked for it. That button gets the focus back.
 */
export async function openNear(dialog: HTMLDialogElement, opener: HTMLElement): Promise<void> {
  dialog.addEventListener("close", () => opener.focus({ preventScroll: true }), { once: true });
  if (window.parent !== window) {
    const seen = await seenPart();
    const height = Math.min(innerHeight, HEIGHT.most, Math.max(HEIGHT.least, seen.height));
    const beside = opener.getBoundingClientRect().top - height / 2;
    const top = Math.min(Math.max(seen.top, Math.min(beside, seen.bottom - height)), innerHeight - height);
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
