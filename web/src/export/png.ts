// A picture in pixels.

import type { Picture } from "./svg.ts";

/** For screens with fine pixels, and for print. */
const SCALE = 2;
/** What the smallest canvases of today hold, those of phones. */
const MAX_PIXELS = 4096 * 4096;

/** An image of the SVG. A data URL, because a canvas that drew a blob of a sandboxed frame could not be read. */
export function imageUrl({ svg }: Picture): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}

export async function png(picture: Picture): Promise<Blob> {
  const { width, height } = picture;
  const scale = Math.min(SCALE, Math.sqrt(MAX_PIXELS / (width * height)));
  const image = await load(imageUrl(picture));
  const canvas = document.createElement("canvas");
  canvas.width = Math.floor(width * scale);
  canvas.height = Math.floor(height * scale);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The canvas gives no image"))), "image/png");
  });
}

function load(url: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error("The drawing is no image"));
    image.src = url;
  });
}
