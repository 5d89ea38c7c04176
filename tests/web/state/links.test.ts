// Links that people have saved must go on to open as they did: links.json is only ever added to. Links that nobody means
// well, or that got broken on their way, are in hostile.json: what of them is refused, by which rule, and what is shown.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { openingOf } from "../../../web/src/state/lesson/opening.ts";
import { unpack } from "../../../web/src/state/packing.ts";
import type { Problem } from "../../../web/src/state/problem.ts";
import { readHash, readQuery } from "../../../web/src/state/url.ts";
import { start, valuesOf } from "./lesson/play.ts";

interface Link {
  release: string;
  link: string;
  opens: { x: number[][]; y: number[]; step: string | null } & Record<string, unknown>;
}

interface Hostile {
  link: string;
  /** The problems, as "parameter: rule". */
  says: string[];
  /** What is shown, if it is not the note's; "Infinity", "NaN". */
  x?: (number | string)[][];
  y?: number[];
}

const read = (name: string) => JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
const links: Link[] = read("links.json");
const hostile: Hostile[] = read("hostile.json");

/** What a link opens. */
async function open(link: string) {
  const { search, hash } = new URL(link, "https://example.com/");
  const query = readQuery(search);
  const { data, problems, step } = readHash(await unpack(hash));
  const state = { ...start, ...openingOf([query.data, data], [...query.problems, ...problems]) };
  return { query, step, state };
}

it.each(links)("$release $link", async ({ link, opens }) => {
  const { query, step, state } = await open(link);
  const { target, dtype, reduction, seed, countedLabels } = state.example;
  expect(state.problems).toEqual([]);
  expect({
    x: valuesOf(state),
    y: target,
    dtype,
    reduction,
    seed,
    counted: countedLabels,
    batch: state.batch,
    ...query.settings,
    step,
  }).toMatchObject(opens);
});

/** "x: matrix notANumber", "x: read inf", "y: belongs x" */
function said({ name, rule }: Problem): string {
  const { kind, ...more } = rule;
  const read = "problem" in more ? more.problem : "notice" in more ? more.notice : null;
  const of =
    "other" in more
      ? more.other
      : read?.kind === "refused" && "refusal" in read
        ? read.refusal.kind
        : (read?.kind ?? "");
  return `${name}: ${kind} ${of}`.trimEnd();
}

it.each(hostile)("$link", async ({ link, says, x = valuesOf(start), y = start.example.target }) => {
  const { state } = await open(link);
  expect(state.problems.map(said)).toEqual(says);
  // JSON has no inf.
  const shown = valuesOf(state).map((row) => row.map((value) => (Number.isFinite(value) ? value : String(value))));
  expect({ x: shown, y: state.example.target }).toEqual({ x, y });
});
