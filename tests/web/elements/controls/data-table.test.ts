import { beforeEach, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { listen, takeBatches } from "../../../../web/src/state/events.ts";
import type { Action } from "../../../../web/src/state/lesson/actions.ts";
import { parseLogits, sentFrom, stage, viewOf } from "../stage.ts";

let step: HTMLElement;
/** What the table has asked upward. */
let sent: unknown[];

async function show(view = viewOf()): Promise<void> {
  step = await stage("celoss-data", { view: { ...view, given: "data" } });
  sent = sentFrom(step);
}

const entry = (row: number, column: number) =>
  step.querySelector(`input[data-cell="x ${row} ${column}"]`) as HTMLInputElement;
const focused = () => ((step.getRootNode() as ShadowRoot).activeElement as HTMLElement | null)?.dataset.cell;

beforeEach(() => show());

it("shows four decimals, and all digits where it is edited, all selected", async () => {
  expect(entry(0, 0).value).toBe("0.7459");
  await userEvent.click(entry(0, 0));
  await expect.poll(() => entry(0, 0).value).toBe("0.74594");
  await expect.poll(() => entry(0, 0).selectionEnd).toBe(7);
  expect(entry(0, 0).selectionStart).toBe(0);
});

it("sends what is typed, one gesture for all of it", async () => {
  await userEvent.click(entry(1, 2));
  await userEvent.keyboard("25");
  const typed = sent as (Action & { gesture?: string })[];
  expect(typed).toMatchObject([
    { type: "retype", row: 1, column: 2 },
    { type: "retype", row: 1, column: 2 },
  ]);
  expect(new Set(typed.map(({ gesture }) => gesture)).size).toBe(1);
});

describe("keys", () => {
  it("Enter goes down, with Shift up, the arrows sideways at the ends of the text", async () => {
    await userEvent.click(entry(0, 0));
    for (const [keys, at] of [
      ["{Enter}", "x 1 0"],
      ["{Shift>}{Enter}{/Shift}", "x 0 0"],
      ["{ArrowRight}", "x 0 1"],
      ["{ArrowLeft}", "x 0 0"],
    ] as const) {
      await userEvent.keyboard(keys);
      await expect.poll(focused).toBe(at);
      await expect.poll(() => (step.getRootNode() as ShadowRoot).activeElement).toHaveProperty("selectionStart", 0);
    }
    expect(sent).toEqual([]);
  });

  it("up and down change the number, with Shift by more", async () => {
    await userEvent.click(entry(0, 0));
    await userEvent.keyboard("{ArrowUp}{ArrowDown}{Shift>}{ArrowUp}{/Shift}");
    expect(sent).toMatchObject([
      { type: "nudge", step: 0.1 },
      { type: "nudge", step: -0.1 },
      { type: "nudge", step: 1 },
    ]);
  });
});

it("sends the label that is picked, and what grows and shrinks", async () => {
  const radios = step.querySelectorAll<HTMLInputElement>("input[name=label-1]");
  await userEvent.click(radios[2] as Element);
  for (const remove of step.querySelectorAll("button.remove")) await userEvent.click(remove);
  for (const add of step.querySelectorAll(".grow button")) await userEvent.click(add);
  expect(sent).toMatchObject([
    { type: "setLabel", row: 1, label: 2 },
    ...[0, 1, 2].map((column) => ({ type: "removeClass", column })),
    ...[0, 1, 2].map((row) => ({ type: "removeSample", row })),
    { type: "addSample" },
    { type: "addClass" },
  ]);
});

it("readonly takes nothing", async () => {
  await show(viewOf({ readonly: true }));
  await userEvent.click(entry(0, 0));
  await userEvent.keyboard("9{ArrowUp}");
  expect(step.querySelectorAll("button.remove, .grow button, input[type=radio]:enabled")).toHaveLength(0);
  // Arrow keys are sent nevertheless, and the reducer knows.
  expect(sent).toMatchObject([{ type: "nudge" }]);
});

describe("paste", () => {
  /** Pastes into a cell, and says whether that was taken from the browser. */
  function paste(text: string): boolean {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    return !entry(0, 0).dispatchEvent(event);
  }

  const pasted = (text: string) => ({ type: "paste", text, logits: parseLogits(text) });

  it("of one number is the browser's, of more the whole of x", async () => {
    expect(["0.5", " -1e3\n", "abc"].map(paste)).toEqual([false, false, false]);
    expect(sent).toEqual([]);
    const texts = ["0, 2, 1", "[1]", "tensor([[1., 2.]])", "1，2"];
    expect(texts.map(paste)).toEqual([true, true, true, true]);
    await expect.poll(() => sent).toEqual(texts.map(pasted));
  });

  it("of what finds no room is offered to the chapter that takes any batch, and to nobody else", async () => {
    const large = "1 2\n".repeat(9);
    paste(large);
    await expect.poll(() => sent).toEqual([pasted(large)]);
    const taken: string[] = [];
    takeBatches(step, (text) => taken.push(text) > 0);
    const texts = [large, "[[[1, 2], [3, 4]]]", "1 ".repeat(40_000), "[1, 2", "[[1, 2], [3, 4]]"];
    texts.forEach(paste);
    await expect.poll(() => sent.slice(1)).toEqual(texts.slice(3).map(pasted));
    expect(taken).toEqual(texts.slice(0, 3));
  });
});

it("says how a paste can be read, and sends the way that is picked", async () => {
  const text = "1,5;-2,25;0,3";
  await show(viewOf({}, { type: "paste", text, logits: parseLogits(text) }));
  const buttons = [...step.querySelectorAll<HTMLButtonElement>(".said button")];
  expect(buttons.map((button) => button.textContent?.trim())).toEqual([
    "rows of one tensor: (3, 2)",
    "decimal commas: (3)",
  ]);
  buttons[1]?.click();
  await expect.poll(() => sent).toEqual([{ type: "paste", text, logits: parseLogits(text, "decimalComma") }]);
});

it("says why a paste could not be read, and tries the same text again", async () => {
  const text = "[[1, 2], [3, 4]]";
  const problem = { kind: "notLoaded", failure: "404 for grammar.js" } as const;
  await show(viewOf({}, { type: "paste", text, logits: { ok: false, problem } }));
  const says = step.querySelector<HTMLElement>(".said .message")?.innerText.trim();
  expect(says).toBe("Not pasted: what reads such a text has not loaded: 404 for grammar.js. x is as it was.");
  step.querySelector<HTMLButtonElement>(".said button")?.click();
  await expect.poll(() => sent).toEqual([{ type: "paste", text, logits: parseLogits(text) }]);
});

it("keeps the focus when the button that has it goes with its row, or has nothing more to do", async () => {
  const taken: Action[] = [];
  const take = (action: Action) => {
    taken.push(action);
    Object.assign(step, { view: { ...viewOf({}, ...taken), given: "data" } });
  };
  listen(step, take, () => {});
  const remove = () => [...step.querySelectorAll<HTMLButtonElement>("tbody button.remove")];
  remove().at(-1)?.focus();
  for (const samples of [2, 1]) {
    await userEvent.keyboard("{Enter}");
    await expect.poll(remove).toHaveLength(samples);
    const focus = () => (step.getRootNode() as ShadowRoot).activeElement;
    await expect.poll(focus).toBe(samples > 1 ? remove().at(-1) : entry(0, 0));
  }
});
