// Links that people have saved must go on to open as they did. links.json is only ever added to.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { openingOf } from "../../../web/src/state/lesson/opening.ts";
import { unpack } from "../../../web/src/state/packing.ts";
import { readHash, readQuery } from "../../../web/src/state/url.ts";
import { start, valuesOf } from "./lesson/play.ts";

interface Link {
  release: string;
  link: string;
  opens: { x: number[][]; y: number[]; step: string | null } & Record<string, unknown>;
}

const links = JSON.parse(readFileSync(new URL("links.json", import.meta.url), "utf8")) as Link[];

it.each(links)("$release $link", async ({ link, opens }) => {
  const { search, hash } = new URL(link, "https://example.com/");
  const query = readQuery(search);
  const { data, problems, step } = readHash(await unpack(hash));
  const opening = openingOf([query.data, data], [...query.problems, ...problems]);
  const state = { ...start, ...opening };
  const { target, dtype, reduction, seed, countedLabels } = state.example;
  expect(state.problems).toEqual([]);
  expect({
    x: valuesOf(state),
    y: target,
    dtype,
    reduction,
    seed,
    counted: countedLabels,
    ...query.settings,
    step,
  }).toMatchObject(opens);
});
