// Values as getComputedStyle writes them.

/** A colour that every program reads, and its opacity. */
export interface Paint {
  readonly color: string;
  readonly alpha: number;
}

/** rgb(0, 114, 178), rgba(0, 114, 178, 0.26), color(srgb 0 0.447 0.698 / 0.26); null: nothing would be seen. */
export function paint(css: string): Paint | null {
  const [r, g, b, alpha = 1] = (css.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
  if (r === undefined || g === undefined || b === undefined || alpha === 0) return null;
  const scale = css.startsWith("color(") ? 255 : 1;
  const hex = (part: number) =>
    Math.round(part * scale)
      .toString(16)
      .padStart(2, "0");
  return { color: `#${hex(r)}${hex(g)}${hex(b)}`, alpha };
}

/** The colours in a gradient. */
export function paintsOf(css: string): (Paint | null)[] {
  return (css.match(/(rgba?|color)\([^)]*\)/g) ?? []).map(paint);
}

/** The parts of a list with commas, some of which are inside parentheses. */
export function layers(css: string): string[] {
  return css.split(/,\s*(?![^()]*(?:\([^()]*\)[^()]*)*\))/);
}

/** 6px, 50%, calc(100% - 4px) of a whole; auto is all of it. */
export function length(css: string, whole: number): number {
  if (css === "auto") return whole;
  const parts = css.matchAll(/([+-]\s*)?([\d.]+)(px|%)/g);
  return [...parts].reduce((sum, [, sign = "", number, unit]) => {
    const size = Number(number) * (unit === "%" ? whole / 100 : 1);
    return sum + (sign.startsWith("-") ? -size : size);
  }, 0);
}
