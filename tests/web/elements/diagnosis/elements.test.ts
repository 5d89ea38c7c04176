import { describe, expect, it } from "vitest";
import { type BatchState, EMPTY } from "../../../../web/src/state/diagnosis/state.ts";
import { textsOf, violations } from "../stage.ts";
import { batchAfter, batchStage, batchView, TEXT } from "./batch-stage.ts";

const states = {
  empty: EMPTY,
  judged: batchAfter(TEXT),
  corrected: batchAfter(TEXT, { type: "correct", corrections: { reduction: "sum" } }),
};

describe.each(["celoss-bring-box", "celoss-ledger", "celoss-findings"])("%s", (tag) => {
  describe.each(Object.entries(states))("%s", (_, state) => {
    it.each(["zh", "en"] as const)("axe has nothing to say, in %s", async (language) => {
      await batchStage(tag, batchView(state, language));
      expect(await violations()).toEqual([]);
    });

    it("axe has nothing to say in the dark", async () => {
      await batchStage(tag, batchView(state, "en", "dark"));
      expect(await violations()).toEqual([]);
    });
  });
});

const get = <T extends Element = HTMLElement>(place: ParentNode, selector: string): T =>
  place.querySelector<T>(selector) ?? expect.fail(`no ${selector}`);

describe("the box", () => {
  const paste = (text: string, files: File[] = []) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    for (const file of files) clipboardData.items.add(file);
    return new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  };

  it("reads what is pasted at once", async () => {
    const { element, actions } = await batchStage("celoss-bring-box", batchView(EMPTY));
    const area = get<HTMLTextAreaElement>(element, "textarea");
    expect(area.dispatchEvent(paste("1 2"))).toBe(false);
    expect(actions).toEqual([{ type: "bringText", text: "1 2", edit: false }]);
  });

  it("leaves a paste into the middle of a text to the browser, and reads the whole", async () => {
    const { element, actions } = await batchStage("celoss-bring-box", batchView(batchAfter("1 2")));
    const area = get<HTMLTextAreaElement>(element, "textarea");
    area.setSelectionRange(1, 1);
    expect(area.dispatchEvent(paste("5"))).toBe(true);
    area.value = "15 2";
    area.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste", bubbles: true }));
    expect(actions).toEqual([{ type: "bringText", text: "15 2", edit: true }]);
  });

  it("reads what is typed once the hand rests", async () => {
    const { element, actions } = await batchStage("celoss-bring-box", batchView(EMPTY));
    const area = get<HTMLTextAreaElement>(element, "textarea");
    for (const text of ["1", "1 ", "1 2"]) {
      area.value = text;
      area.dispatchEvent(new InputEvent("input", { inputType: "insertText", bubbles: true }));
    }
    expect(actions).toEqual([]);
    await expect.poll(() => actions).toEqual([{ type: "bringText", text: "1 2", edit: true }]);
  });

  it("takes files that are dropped, chosen or pasted", async () => {
    const { element, actions } = await batchStage("celoss-bring-box", batchView(EMPTY));
    const files = [new File(["a"], "x.npy"), new File(["b"], "y.npy")];
    const dataTransfer = new DataTransfer();
    for (const file of files) dataTransfer.items.add(file);
    const over = new DragEvent("dragover", { dataTransfer, bubbles: true, cancelable: true });
    expect(element.dispatchEvent(over)).toBe(false);
    await (element as HTMLElement & { updateComplete: Promise<unknown> }).updateComplete;
    expect(textsOf(element, ".bring-drop")).toEqual(["Let go to read them"]);
    element.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    const input = get<HTMLInputElement>(element, "input[type=file]");
    input.files = dataTransfer.files;
    input.dispatchEvent(new Event("change"));
    get(element, "textarea").dispatchEvent(paste("", files));
    expect(actions.map((action) => action.type === "bringFiles" && action.files.map(({ name }) => name))).toEqual([
      ["x.npy", "y.npy"],
      ["x.npy", "y.npy"],
      ["x.npy", "y.npy"],
    ]);
  });

  it("has examples, each one click", async () => {
    const { element, actions } = await batchStage("celoss-bring-box", batchView(EMPTY));
    const buttons = [...element.querySelectorAll<HTMLElement>(".bring-examples button")];
    expect(buttons.map(({ innerText }) => innerText)).toHaveLength(5);
    for (const button of buttons) button.click();
    expect(actions.map(({ type }) => type)).toEqual(Array(5).fill("bringText"));
  });

  it("forgets what was typed and not read, when it is cleared", async () => {
    const { element, actions } = await batchStage("celoss-bring-box", batchView(batchAfter("1 2")));
    const area = get<HTMLTextAreaElement>(element, "textarea");
    area.value = "1 2 3";
    area.dispatchEvent(new InputEvent("input", { inputType: "insertText", bubbles: true }));
    get(element, ".bring-ways button").click();
    expect(area.value).toBe("");
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(actions).toEqual([{ type: "bringText", text: "", edit: false }]);
  });
});

describe("the ledger", () => {
  it("says what was read, and lets every line be corrected where it stands", async () => {
    const { element, actions } = await batchStage("celoss-ledger", batchView(states.judged));
    const lines = [...element.querySelectorAll<HTMLElement>(".ledger-line")].map((line) => {
      const control = get<HTMLInputElement>(line, "select, input, output");
      const shown = control instanceof HTMLSelectElement ? control.selectedOptions[0]?.text : control.value;
      return `${get(line, "label").innerText}: ${shown}`;
    });
    expect(lines).toEqual([
      "logits: x (3, 3)",
      "labels: y (3,)",
      "classes: along axis 1: 3",
      "labels read: as they are",
      "reduction: mean",
      "ignore_index: -100",
      "label_smoothing: 0",
      "weight: ",
      "loss you saw: 0.5617",
      "accuracy: ",
    ]);
    const choose = (id: string, index: number) => {
      const select = get<HTMLSelectElement>(element, `#ledger-${id}`);
      select.selectedIndex = index;
      select.dispatchEvent(new Event("change"));
    };
    choose("classAxis", 1);
    choose("reduction", 1);
    expect(actions).toEqual([
      { type: "correct", corrections: { classAxis: 0 } },
      { type: "correct", corrections: { reduction: "sum" } },
    ]);
  });

  it("takes numbers that are typed, and keeps what does not fit as it was typed", async () => {
    const { element, actions } = await batchStage("celoss-ledger", batchView(states.judged));
    const type = (id: string, text: string) => {
      const input = get<HTMLInputElement>(element, `#ledger-${id}`);
      input.value = text;
      input.dispatchEvent(new Event("change"));
      return [input.value, input.getAttribute("aria-invalid")];
    };
    expect(type("ignoreIndex", "255")).toEqual(["255", "false"]);
    expect(type("accuracy", "99 %")).toEqual(["99 %", "false"]);
    expect(type("labelSmoothing", "1.1")).toEqual(["1.1", "true"]);
    expect(type("weights", "[1, 2, 0.5]")).toEqual(["[1, 2, 0.5]", "false"]);
    expect(actions).toEqual([
      { type: "correct", corrections: { ignoreIndex: 255 } },
      { type: "say", said: { accuracy: { value: 0.99, decimals: 2 } } },
      { type: "say", said: { weight: [1, 2, 0.5] } },
    ]);
  });

  it("offers undo once there is something to undo", async () => {
    const { element } = await batchStage("celoss-ledger", batchView(states.judged));
    expect(element.querySelector(".way-back")).toBe(null);
    const { element: corrected, actions } = await batchStage("celoss-ledger", batchView(states.corrected));
    get(corrected, ".way-back button:enabled").click();
    expect(actions).toEqual([{ type: "undo" }]);
  });

  it("cannot be changed where the page cannot", async () => {
    const view = batchView(states.judged);
    const readonly = { ...view, page: { ...view.page, state: { ...view.page.state, readonly: true } } };
    const { element } = await batchStage("celoss-ledger", readonly);
    expect(element.querySelectorAll(":is(select, input):enabled")).toHaveLength(0);
  });
});

describe("the verdict", () => {
  it("has the loss in half precision beside it, how far off that is, and why", async () => {
    const half = { exact: 0.56, difference: 0.0008 };
    const halves = [
      { ...half, dtype: "bfloat16", pytorch: 0.5625 },
      { ...half, dtype: "float16", pytorch: 0.56, difference: -1.5e-6 },
    ] as const;
    const shown = async (judged: BatchState) => {
      const { element } = await batchStage("celoss-findings", batchView(judged));
      return [
        ...textsOf(element, ".halves tr").map((row) => row.split(/\s+/).join(" ")),
        ...textsOf(element, ".halves p"),
      ];
    };
    const why = expect.stringMatching(/^PyTorch rounds .* in its order, to the bit\.$/);
    expect(await shown(states.judged)).toEqual([]);
    expect(await shown({ ...states.judged, halves })).toEqual([
      "in bfloat16 0.5625 +0.0008",
      "in float16 0.5600 −1.5e-06",
      why,
    ]);
    expect(await violations()).toEqual([]);
    const [bfloat16, float16] = halves;
    const beyond = { ...float16, pytorch: Infinity, difference: Infinity };
    expect(await shown({ ...states.judged, halves: [bfloat16, beyond] })).toEqual([
      "in bfloat16 0.5625 +0.0008",
      "in float16 inf",
      expect.stringContaining("float16 ends at 65504"),
    ]);
  });
});
