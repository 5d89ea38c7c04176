import fc from "fast-check";
import { expect, it } from "vitest";
import { isPacked, pack, unpack } from "../../../web/src/state/packing.ts";
import { readHash } from "../../../web/src/state/url.ts";

it("what is short stays as it is", async () => {
  const hash = "v=1&x=1,2;3,4&step=log";
  expect(await pack(hash)).toBe(hash);
  expect(await unpack(hash)).toBe(hash);
});

it("what is long becomes short, in letters that no address has to escape", async () => {
  const hash = `v=1&x=${Array.from({ length: 200 }, (_, i) => `0.123456${i}`).join(",")}`;
  const packed = await pack(hash);
  expect(packed).toMatch(/^z=[\w-]+$/);
  expect(packed.length).toBeLessThan(hash.length / 2);
  expect(await unpack(packed)).toBe(hash);
  expect(await unpack(`#${packed}`)).toBe(hash);
});

it("unpacks what it packed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme", minLength: 2049, maxLength: 4000 }), async (hash) => {
      expect(await unpack(await pack(hash))).toBe(hash);
    }),
    { numRuns: 30 },
  );
});

it.each(["#z=", "#z=AAAA", "#z=!!", "#z=7c", `#z=${"A".repeat(5000)}`])(
  "%s, which is broken, stays as it is",
  async (hash) => {
    expect(await unpack(hash)).toBe(hash);
  },
);

it("stops where a few letters would become a flood", async () => {
  const flood = new Blob(["0".repeat(50_000_000)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const hash = `#z=${Buffer.from(await new Response(flood).arrayBuffer()).toString("base64url")}`;
  expect(hash.length).toBeLessThan(100_000);
  expect(await unpack(hash)).toBe(hash);
});

it("what stands beside a packed hash counts for nothing, and is named", async () => {
  const hash = `v=1&x=1,2;3,4&y=1,0&counted=${"1,".repeat(1100)}`;
  const packed = await pack(hash);
  const beside = readHash(await unpack(`#${packed}&x=5,6;7,8&from=chat&step=log`));
  const alone = readHash(hash);
  expect(beside).toEqual({
    ...alone,
    problems: [...alone.problems, ...["x", "step"].map((name) => ({ name, rule: { kind: "givesWay", other: "z" } }))],
  });
  expect(readHash(await unpack(`#x=5,6;7,8&${packed}`)).data).toEqual(alone.data);
});

it("is not taken apart where it is longer than any of ours", async () => {
  const hash = `#z=${"A".repeat(10_000_000)}`;
  expect(isPacked(hash)).toBe(false);
  expect(await unpack(hash)).toBe(hash);
});
