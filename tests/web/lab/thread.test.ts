import { describe, expect, it } from "vitest";
import { type Program, READY, Thread } from "../../../web/src/lab/thread.ts";

const scriptUrl = (code: string) => URL.createObjectURL(new Blob([code], { type: "text/javascript" }));

/** Doubles numbers; -1 breaks it, and -2 keeps it busy for ever. */
const DOUBLES = `
onmessage = ({ data }) => {
  if (data === -1) throw new Error("broken");
  while (data === -2);
  postMessage(["worker", 2 * data]);
};
postMessage("${READY}");`;

/** A thread, what it says, what fails, and how often it was ended in the page. */
function threadOf(url: () => string, here?: Program<number, [string, number]>["here"]) {
  const said: [string, number][] = [];
  const failures: unknown[] = [];
  const ends = { count: 0 };
  const thread = new Thread<number, [string, number]>(
    {
      url,
      here: here ?? (async (tell) => ({ post: (order) => tell(["page", 2 * order]), end: () => ends.count++ })),
    },
    (out) => said.push(out),
    (error) => failures.push(error),
  );
  return { thread, said, failures, ends };
}

describe("a thread", () => {
  it("works in a worker", async () => {
    const { thread, said } = threadOf(() => scriptUrl(DOUBLES));
    thread.post(1);
    thread.post(2);
    await expect
      .poll(() => said)
      .toEqual([
        ["worker", 2],
        ["worker", 4],
      ]);
  });

  it("ends at once what is busy, and starts again", async () => {
    const { thread, said } = threadOf(() => scriptUrl(DOUBLES));
    thread.post(-2);
    thread.post(1);
    thread.end();
    thread.post(3);
    await expect.poll(() => said).toEqual([["worker", 6]]);
  });

  it.each([
    ["it may not be started from there", () => "https://example.com/engine.js"],
    ["its script is not there", () => `${location.origin}/no-such-script.js`],
    ["a policy forbids it", () => scriptUrl("throw new Error('as the event of a policy: before it is ready')")],
  ])("works in the page where %s", async (_, url) => {
    const { thread, said, failures, ends } = threadOf(url);
    thread.post(1);
    thread.post(2);
    await expect
      .poll(() => said)
      .toEqual([
        ["page", 2],
        ["page", 4],
      ]);
    thread.end();
    await expect.poll(() => ends.count).toBe(1);
    thread.post(3);
    await expect.poll(() => said.at(-1)).toEqual(["page", 6]);
    expect(failures).toEqual([]);
  });

  it("says what has broken in a worker that had started", async () => {
    const { thread, said, failures } = threadOf(() => scriptUrl(DOUBLES));
    thread.post(1);
    await expect.poll(() => said).toHaveLength(1);
    thread.post(-1);
    await expect.poll(() => failures).toHaveLength(1);
    expect(String(failures[0])).toContain("broken");
  });

  it("says why it can work nowhere", async () => {
    const { thread, failures } = threadOf(
      () => "https://example.com/engine.js",
      async () => {
        throw new Error("nor here");
      },
    );
    thread.post(1);
    await expect.poll(() => failures.map(String)).toEqual(["Error: nor here"]);
  });
});
