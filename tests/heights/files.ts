// The heights of frames that articles are told to write: where each is written, and what such a frame shows.
import { readFileSync } from "node:fs";

/** Where they are written, and how wide a column is there, in pixels; the README's table says its widths itself. */
const COLUMNS: Readonly<Record<string, number>> = {
  "web/README.md": 800,
  "web/examples/html/index.html": 704,
  "web/examples/vitepress/index.md": 688,
  "web/examples/vuepress1/docs/README.md": 660,
  "web/examples/hexo/source/_posts/cross-entropy.md": 688,
};

export const FILES = Object.keys(COLUMNS);

/** A height, and the frame that has it; in pixels. */
export interface Written {
  readonly height: number;
  /** Of the frame. */
  readonly width: number;
  /** What the frame shows: what stands behind index.html. */
  readonly address: string;
  /** Where the height stands in the text of its file. */
  readonly from: number;
  readonly to: number;
}

const FRAMES = [
  /<iframe src="[^"?]*(?<address>\?[^"]*)"[^>]* height="(?<height>\d+)"/dg,
  /IFrame\("[^"?]*(?<address>\?[^"]*)", "100%", (?<height>\d+)\)/dg,
];
/** The README's table: a row for each step, a column for each language and width. */
const TABLE = /^\| frame \|.*\n(?:\|.*\n)+/m;

export const fileOf = (name: string): URL => new URL(`../../${name}`, import.meta.url);

/** The heights of the frames in a file of this checkout. */
export function framesIn(name: string): Written[] {
  const text = readFileSync(fileOf(name), "utf8");
  return FRAMES.flatMap((frame) => [...text.matchAll(frame)]).map(({ groups, indices }) => {
    const [from = 0, to = 0] = indices?.groups?.height ?? [];
    const address = groups?.address?.replaceAll("&amp;", "&") ?? "";
    return { height: Number(text.slice(from, to)), width: COLUMNS[name] ?? 0, address, from, to };
  });
}

/** The heights in the table of a file, if it has one. */
export function tableIn(name: string): Written[] {
  const text = readFileSync(fileOf(name), "utf8");
  const { 0: table = "", index: start = 0 } = TABLE.exec(text) ?? {};
  const columns = [...table.matchAll(/(en|zh), (\d+)/g)];
  const steps = [...table.matchAll(/^\| `([\w-]+)` /gm)];
  const heights = [...table.matchAll(/(?<= )\d+(?= \|)/g)].slice(columns.length);
  return heights.map(({ 0: height, index }, cell) => {
    const [, language, width] = columns[cell % columns.length] ?? [];
    const [, step] = steps[Math.floor(cell / columns.length)] ?? [];
    const from = start + index;
    return {
      height: Number(height),
      width: Number(width),
      address: `?step=${step}&lang=${language}`,
      from,
      to: from + height.length,
    };
  });
}
