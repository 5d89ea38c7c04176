// How the chapter writes sizes and shapes.

/** Bytes as a reader thinks of them: 13.1 MB. */
export function amount(bytes: number): string {
  const [size, unit] = bytes < 1e3 ? [bytes, "B"] : bytes < 1e6 ? [bytes / 1e3, "KB"] : [bytes / 1e6, "MB"];
  return `${unit === "B" || size >= 100 ? Math.round(size) : size.toFixed(1)} ${unit}`;
}

/** (64, 10), as Python writes a shape. */
export const shapeText = (shape: readonly number[]): string =>
  shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
