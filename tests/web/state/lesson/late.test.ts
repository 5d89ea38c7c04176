// What is read before the grammar is there, and what has to wait for it.
import { expect, it } from "vitest";
import { loadGrammar } from "../../../../web/src/state/lesson/late.ts";
import { PRESETS } from "../../../../web/src/state/lesson/presets.ts";
import { readHash } from "../../../../web/src/state/url.ts";

const own = ["#x=1,2;3,4.5&y=0,1&counted=1,-2&seed=3&dtype=float64", ...Object.values(PRESETS)];
const others = ["#x=[[1,2],[3,4]]", "#y=[0,1]", "#counted=tensor([1])", "#x=1 2", "#x=1e39,0;0,0", "#x=a", "#y=a"];

it("is the same afterwards, or says that it waits", async () => {
  const before = own.map((hash) => readHash(hash));
  expect(before.flatMap(({ problems }) => problems)).toEqual([]);
  const rule = { kind: "matrix", problem: { kind: "notLoaded", failure: "" } };
  for (const hash of others) expect(readHash(hash).problems).toEqual([{ name: hash.slice(1).split("=")[0], rule }]);
  await loadGrammar();
  expect(own.map((hash) => readHash(hash))).toEqual(before);
  expect(others.flatMap((hash) => readHash(hash).problems)).toMatchObject([
    { name: "x", rule: { problem: { kind: "refused" } } },
    { name: "y", rule: { kind: "wholeNumbers" } },
  ]);
});
