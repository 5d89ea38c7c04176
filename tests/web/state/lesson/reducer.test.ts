import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseNumber } from "../../../../web/src/read/number.ts";
import type { Action } from "../../../../web/src/state/lesson/actions.ts";
import { cell } from "../../../../web/src/state/lesson/cell.ts";
import { logitsOf } from "../../../../web/src/state/lesson/derive.ts";
import { entryProblem } from "../../../../web/src/state/lesson/entry.ts";
import { classesOf } from "../../../../web/src/state/lesson/example.ts";
import { openingOf } from "../../../../web/src/state/lesson/opening.ts";
import { NOTE } from "../../../../web/src/state/lesson/presets.ts";
import type { State } from "../../../../web/src/state/lesson/state.ts";
import type { Problem } from "../../../../web/src/state/problem.ts";
import { readHash } from "../../../../web/src/state/url.ts";
import { pasted, play, start, textsOf, valuesOf, withX, zeros } from "./play.ts";

const noteTexts = textsOf(start);
const retype = (row: number, column: number, text: string, gesture = `type ${row} ${column}`): Action => ({
  type: "retype",
  row,
  column,
  text,
  gesture,
});
const nudge = (step: number, gesture: string): Action => ({ type: "nudge", row: 0, column: 0, step, gesture });
const undo: Action = { type: "undo" };
const redo: Action = { type: "redo" };

describe("retype", () => {
  it("changes one entry", () => {
    const state = play(start, retype(1, 2, "2.5"));
    expect(textsOf(state)).toEqual(noteTexts.with(1, ["0.28940", "0.05678", "2.5"]));
    expect(state.example.x[1]?.[2]).toEqual({ text: "2.5", value: 2.5 });
    expect(state.example).toEqual({ ...NOTE, x: state.example.x });
  });

  it("keeps a bad text as typed, and the value from before it was typed", () => {
    const typing = ["1", "1e", "1e4", "1e4x"].map((text) => retype(0, 0, text));
    expect(play(start, ...typing).example.x[0]?.[0]).toEqual({ text: "1e4x", value: 0.74594 });
    const later = play(start, retype(0, 0, "2", "visit 1"), retype(0, 0, "", "visit 2"));
    expect(later.example.x[0]?.[0]).toEqual({ text: "", value: 2 });
  });

  it("reads in the dtype", () => {
    const typed = (...actions: Action[]) => logitsOf(play(start, ...actions, retype(0, 0, "1e39")).example).data[0];
    expect(typed()).toBe(Infinity);
    expect(typed({ type: "setDtype", dtype: "float64" })).toBe(1e39);
  });

  it("of a cell that is not there does nothing", () => {
    expect(play(start, retype(3, 0, "1"), retype(0, 3, "1")).example).toBe(NOTE);
  });
});

describe("nudge", () => {
  it("moves one entry", () => {
    expect(textsOf(play(start, nudge(0.1, "keys 0 0")))[0]?.[0]).toBe("0.84594");
  });
});

describe("labels", () => {
  it("setLabel sets one", () => {
    expect(play(start, { type: "setLabel", row: 1, label: 2 }).example.target).toEqual([0, 2, 1]);
  });

  it("setCountedLabels sets those of the last step and no others", () => {
    const { example } = play(start, { type: "setCountedLabels", labels: [1, 2, 2] });
    expect(example).toEqual({ ...NOTE, countedLabels: [1, 2, 2] });
  });
});

describe("samples", () => {
  it("come with zeros and the first label, up to 8", () => {
    const state = play(start, { type: "addSample" });
    expect(state.example).toEqual({
      ...NOTE,
      x: [...NOTE.x, Array.from({ length: 3 }, () => ({ text: "0", value: 0 }))],
      target: [0, 1, 1, 0],
      countedLabels: [1, 2, 3, 1],
    });
    const full = play(start, ...Array.from({ length: 9 }, (): Action => ({ type: "addSample" })));
    expect(full.example.x.length).toBe(8);
    expect(full.past.length).toBe(5);
  });

  it("go with their labels, down to 1", () => {
    const state = play(start, { type: "removeSample", row: 0 });
    expect(state.example).toEqual({ ...NOTE, x: NOTE.x.slice(1), target: [1, 1], countedLabels: [2, 3] });
    const last = play(state, { type: "removeSample", row: 1 }, { type: "removeSample", row: 0 });
    expect(last.example).toEqual({ ...NOTE, x: [NOTE.x[1]], target: [1], countedLabels: [2] });
    expect(last.past.length).toBe(2);
  });
});

describe("classes", () => {
  it("come with zeros, up to 10", () => {
    const state = play(start, { type: "addClass" });
    expect(textsOf(state)).toEqual(noteTexts.map((row) => [...row, "0"]));
    expect(state.example.target).toEqual([0, 1, 1]);
    const full = play(start, ...Array.from({ length: 9 }, (): Action => ({ type: "addClass" })));
    expect(classesOf(full.example)).toBe(10);
    expect(full.past.length).toBe(7);
  });

  it("leave a label lost whose class is gone", () => {
    const state = play(start, { type: "removeClass", column: 1 }, { type: "addClass" });
    expect(state.example.target).toEqual([0, 3, 3]);
  });

  it("go down to 2, and labels move with theirs", () => {
    const labelled = play(start, { type: "setLabel", row: 2, label: 2 });
    const state = play(labelled, { type: "removeClass", column: 1 });
    expect(textsOf(state)).toEqual(noteTexts.map((row) => row.toSpliced(1, 1)));
    expect(state.example.target).toEqual([0, 2, 1]);
    expect(play(state, { type: "removeClass", column: 0 })).toBe(state);
  });

  it("leave labels that point past the end, and a notice says whose", () => {
    const state = play(start, { type: "removeClass", column: 1 });
    expect(state.example.target).toEqual([0, 2, 2]);
    expect(state.notice).toEqual({ kind: "labelsLost", samples: [1, 2] });
    expect(play(start, { type: "removeClass", column: 2 }).notice).toBeNull();
  });

  it("a lost label stays lost when another class goes", () => {
    const state = withX(zeros(2, 5), { type: "setLabel", row: 1, label: 4 }, { type: "removeClass", column: 4 });
    expect(state.example.target).toEqual([0, 4]);
    const fewer = play(state, { type: "removeClass", column: 3 });
    expect(fewer.example.target).toEqual([0, 3]);
    expect(fewer.notice).toBeNull();
  });
});

describe("paste", () => {
  const paste = (text: string, way?: string) => play(start, pasted(text, way));
  const place = { source: null, line: 1, column: 1 };

  it("takes the place of x and says so", () => {
    const state = paste("[[1, 2.50], [-3, inf], [4, 5], [6, 7]]");
    expect(textsOf(state)).toEqual([
      ["1", "2.5"],
      ["-3", "inf"],
      ["4", "5"],
      ["6", "7"],
    ]);
    expect(valuesOf(state)).toEqual([
      [1, 2.5],
      [-3, Infinity],
      [4, 5],
      [6, 7],
    ]);
    expect(state.notice).toEqual({ kind: "pasted", rows: 4, columns: 2, labels: 3, notices: [] });
  });

  it("keeps labels with their rows, and says how many; the last step judges them", () => {
    for (const [rows, target] of [
      [5, [0, 1, 1, 0, 0]],
      [2, [0, 1]],
    ] as const) {
      const { example, notice } = withX(zeros(rows, 3));
      expect(example).toMatchObject({ target, countedLabels: target });
      expect(notice).toMatchObject({ labels: Math.min(rows, 3) });
    }
  });

  it.each([
    ["[[1.5, 2.], [.1, 3.]] [0 1]", [0, 1]],
    ["tensor([[1.5, 2.], [.1, 3.]])\ntensor([1, 0])", [1, 0]],
    ["[[1, 2, 3], [4, 5, 6], [7, 8, 9]] [2, 1, 0]", [2, 1, 0]],
    ["[[1, 2], [3, 4]] [7 0]", [7, 0]],
    ['{"logits": [[1, 2]], "labels": [1]}', [1]],
  ])("takes the labels of %j", (text, target) => {
    const state = paste(text);
    expect(state.example).toMatchObject({ target, countedLabels: target });
    expect(state.notice).toMatchObject({ kind: "pasted", labels: null });
  });

  it("says what they are called where that is no name of logits", () => {
    expect(paste('{"a": [1, 2]}').notice).toMatchObject({ notices: [{ kind: "named", details: { name: "a" } }] });
    expect(paste("logits = [[1, 2]]").notice).toMatchObject({ notices: [] });
  });

  it("takes the dtype that is said", () => {
    expect(paste("tensor([[1., 1e39]], dtype=torch.float64)").example.dtype).toBe("float64");
    expect(paste("tensor([[1., 2.]], dtype=torch.float16)").example.dtype).toBe("float32");
  });

  it("makes inf of what is too large, and says so", () => {
    for (const [text, x] of [
      [
        "1e39,1,2\n3,4,5",
        [
          [Infinity, 1, 2],
          [3, 4, 5],
        ],
      ],
      [
        "1,-1e999\n3,4",
        [
          [1, -Infinity],
          [3, 4],
        ],
      ],
      ["tensor([[1e39, 1.]], dtype=torch.float32)", [[Infinity, 1]]],
    ] as const) {
      const state = paste(text);
      expect(valuesOf(state)).toEqual(x);
      expect(state.notice).toMatchObject({ notices: [{ kind: "inf", details: { dtype: "float32" } }] });
    }
  });

  it.each([
    ["1 2\n3", "ragged"],
    ["1 x", "notANumber"],
    ["1,,2", "emptyCell"],
    ["tensor([[-1., 1.]]) * 100", "arithmetic"],
    ["tensor([[-1., 1.]]).T", "call"],
    ["[[1., ..., 2.]]", "cut"],
  ])("of %j changes nothing and says why", (text, kind) => {
    const state = paste(text);
    expect(state.notice).toMatchObject({ kind: "paste", text, problem: { kind: "refused", refusal: { kind } } });
    expect(state).toEqual({ ...start, notice: state.notice });
  });

  it.each([
    [" 1".repeat(32769), { kind: "tooLong", length: 65538, most: 65536 }],
    ["1\n2", { kind: "size", rows: 2, columns: 1 }],
    ["[[[1, 2], [3, 4]]]", { kind: "shapes", shapes: [[1, 2, 2]] }],
    ["[[1, 2], [3, 4]] [0]", { kind: "shapes", shapes: [[2, 2], [1]] }],
    ["[[1, 2], [3, 4]] [0, -100]", { kind: "shapes", shapes: [[2, 2], [2]] }],
    ["[['cat', 'dog']]", { kind: "shapes", shapes: [[1, 2]] }],
  ] as const)("of %.40j finds no room", (text, problem) => {
    expect(paste(text)).toEqual({ ...start, notice: { kind: "paste", problem, text } });
  });

  it("asks where there are two ways to read it, and takes the one that is chosen", () => {
    const text = "1,5;-2,25;0,3";
    const state = paste(text);
    const problem = {
      kind: "question",
      question: { kind: "decimalComma", place, details: {} },
      ways: [
        { id: "rows", shapes: [[3, 2]] },
        { id: "decimalComma", shapes: [[3]] },
      ],
    };
    expect(state).toEqual({ ...start, notice: { kind: "paste", problem, text } });
    expect(valuesOf(paste(text, "rows"))).toEqual([
      [1, 5],
      [-2, 25],
      [0, 3],
    ]);
    expect(valuesOf(paste(text, "decimalComma"))).toEqual([[1.5, -2.25, 0.3]]);
    expect(paste("0,1,2\n1.5,-2.25,0.3").notice).toMatchObject({ problem: { kind: "question" } });
  });
});

describe("replaceX", () => {
  const seeded: Action = {
    type: "replaceX",
    rows: [
      [Math.fround(0.1), 1],
      [NaN, -Infinity],
    ],
    seed: 3,
    gesture: null,
  };

  it("writes the numbers of the core with their digits", () => {
    const state = play(withX(zeros(2, 2)), seeded);
    expect(textsOf(state)).toEqual([
      ["0.1", "1"],
      ["nan", "-inf"],
    ]);
    expect(state.example.seed).toBe(3);
  });

  it("leaves entries that hold the number already as they were typed", () => {
    const rows = NOTE.x.map((row) => row.map((entry) => Math.fround(entry.value)));
    const raised = rows.map((row, i) => (i === 0 ? row.with(0, 106) : row));
    const state = play(start, { type: "replaceX", rows: raised, seed: null, gesture: null });
    expect(textsOf(state)).toEqual(noteTexts.map((row, i) => (i === 0 ? row.with(0, "106") : row)));
    expect(state.example.x.slice(1)).toEqual(NOTE.x.slice(1));
  });

  it.each<[string, Action[], number | null]>([
    ["an edit of a number", [retype(0, 0, "5")], null],
    ["the same number typed with more digits", [retype(0, 0, "0.10")], 3],
    ["a bad text", [retype(0, 0, "?")], 3],
    ["a nudge", [nudge(0.1, "")], null],
    ["a label", [{ type: "setLabel", row: 0, label: 1 }], 3],
    ["a sample more", [{ type: "addSample" }], null],
    ["a sample less", [{ type: "removeSample", row: 0 }], null],
    ["a class more", [{ type: "addClass" }], null],
    ["a class less", [{ type: "addClass" }, { type: "removeClass", column: 2 }], null],
    ["a paste", [pasted("1 2")], null],
    ["another dtype, for which torch.rand gives other numbers", [{ type: "setDtype", dtype: "float64" }], null],
    ["the same dtype", [{ type: "setDtype", dtype: "float32" }], 3],
    ["another reduction", [{ type: "setReduction", reduction: "sum" }], 3],
    ["an undo", [retype(0, 0, "5"), undo], 3],
  ])("the seed after %s", (_, actions, seed) => {
    expect(play(withX(zeros(2, 2)), seeded, ...actions).example.seed).toBe(seed);
  });
});

describe("setDtype and setReduction", () => {
  it("set them", () => {
    expect(play(start, { type: "setDtype", dtype: "float64" }).example).toEqual({ ...NOTE, dtype: "float64" });
    expect(play(start, { type: "setReduction", reduction: "none" }).example).toEqual({ ...NOTE, reduction: "none" });
  });

  it("make inf of what is too large for float32, which undo brings back", () => {
    const float64 = play(start, { type: "setDtype", dtype: "float64" }, retype(0, 0, "-1e39"));
    const float32 = play(float64, { type: "setDtype", dtype: "float32" });
    expect(float32.example.x[0]?.[0]).toEqual({ text: "-inf", value: -Infinity });
    expect(play(float32, undo).example).toEqual(float64.example);
  });
});

describe("undo, redo and reset", () => {
  it("go back and forth", () => {
    const one = play(start, retype(0, 0, "1"));
    const two = play(one, { type: "setLabel", row: 0, label: 2 });
    expect(play(two, undo).example).toBe(one.example);
    expect(play(two, undo, undo).example).toBe(NOTE);
    expect(play(two, undo, undo, redo).example).toBe(one.example);
    expect(play(two, undo, undo, redo, redo).example).toBe(two.example);
    expect(play(two, undo, undo, redo, redo)).toMatchObject({ past: two.past, future: [] });
  });

  it("do nothing at the ends", () => {
    expect(play(start, undo)).toBe(start);
    expect(play(start, redo)).toBe(start);
  });

  it("forget what was undone when something else is done", () => {
    const state = play(start, retype(0, 0, "1"), undo, retype(0, 1, "2"));
    expect(state.future).toEqual([]);
    expect(play(state, redo)).toBe(state);
  });

  it("take the notice and the question with them", () => {
    const asked = play(start, { type: "removeClass", column: 1 }, { type: "ask", cell: cell("x", 0, 2), step: "data" });
    expect(play(asked, undo)).toMatchObject({ notice: null, asked: null });
  });

  it("reset is an edit like others", () => {
    const state = play(start, retype(0, 0, "1"), { type: "setReduction", reduction: "sum" }, { type: "reset" });
    expect(state.example).toBe(NOTE);
    expect(play(state, undo).example.reduction).toBe("sum");
  });

  it("one gesture is one step, and an edit between makes two", () => {
    const typed = play(start, retype(0, 0, "1"), retype(0, 0, "12"), retype(0, 0, "12.5"));
    expect(typed.past).toEqual([NOTE]);
    expect(play(typed, undo).example).toBe(NOTE);
    expect(play(typed, retype(0, 1, "3")).past.length).toBe(2);
    expect(play(typed, retype(0, 1, "3"), retype(0, 0, "4")).past.length).toBe(3);

    const dragged = play(start, nudge(0.01, "drag 0"), nudge(0.01, "drag 0"), nudge(0.01, "drag 1"));
    expect(textsOf(dragged)[0]?.[0]).toBe("0.77594");
    expect(textsOf(play(dragged, undo))[0]?.[0]).toBe("0.76594");

    const labels: Action[] = [0, 1, 2].map((label) => ({ type: "setLabel", row: 1, label }));
    expect(play(start, ...labels).past.length).toBe(3);
  });

  it("a gesture does not go on behind an undo", () => {
    const state = play(start, retype(0, 0, "1"), undo, retype(0, 0, "2"));
    expect(play(state, undo).example).toBe(NOTE);
  });

  it("what changes nothing is no step, but clears the notice", () => {
    const same: Action[] = [retype(0, 0, "0.74594"), { type: "setLabel", row: 0, label: 0 }, { type: "reset" }];
    for (const action of same) expect(play(start, action)).toEqual(start);
    const noticed = play(start, pasted("x y"));
    expect(play(noticed, { type: "reset" }).notice).toBeNull();
  });

  it("the last 200 steps can be undone", () => {
    const edits = Array.from({ length: 210 }, (_, i) => retype(i % 2, 0, String(i)));
    const state = play(start, ...edits);
    expect(state.past.length).toBe(200);
    const back = play(state, ...Array.from({ length: 250 }, () => undo));
    expect(textsOf(back).map((row) => row[0])).toEqual(["8", "9", "0.61236"]);
  });
});

describe("what is no edit", () => {
  it.each<[Action, Partial<State>]>([
    [{ type: "setSharpness", sharpness: 7 }, { question: { sharpness: 7, softmaxInFront: true } }],
    [{ type: "setSoftmaxInFront", softmaxInFront: false }, { question: { sharpness: 2.5, softmaxInFront: false } }],
    [
      { type: "ask", cell: cell("softmax", 1, 2), step: "log" },
      { asked: { tensor: "softmax", row: 1, column: 2 }, askedIn: "log" },
    ],
    [{ type: "setShifted", shifted: true }, { shifted: true }],
    [{ type: "setLanguage", language: "zh" }, { language: "zh" }],
    [{ type: "setTheme", theme: "dark" }, { theme: "dark" }],
  ])("%j changes only what it says", (action, change) => {
    const state = play(start, retype(0, 0, "1"), undo);
    expect(play(state, action)).toEqual({ ...state, ...change });
  });

  it("ask with null asks nothing", () => {
    const asked = play(start, { type: "ask", cell: cell("loss"), step: "lesson" });
    const { asked: cellNow, askedIn } = play(asked, { type: "ask", cell: null });
    expect([cellNow, askedIn]).toEqual([null, null]);
  });
});

describe("any sequence of actions", () => {
  const index = fc.nat({ max: 10 });
  const text = fc.oneof(
    fc.double().map(String),
    fc.constantFrom("", "abc", "1e39", "1e400", "-", ".5", "inf", "nan", "−1"),
  );
  const actions = fc.oneof<fc.Arbitrary<Action>[]>(
    fc.record({ type: fc.constant("retype" as const), row: index, column: index, text, gesture: fc.constant("type") }),
    fc.record({
      type: fc.constant("nudge" as const),
      row: index,
      column: index,
      step: fc.constantFrom(0.01, -0.1, 1),
      gesture: fc.constantFrom("a", "b"),
    }),
    fc.record({ type: fc.constantFrom("addSample", "addClass", "undo", "redo", "reset" as const) }),
    fc.record({ type: fc.constant("removeSample" as const), row: index }),
    fc.record({ type: fc.constant("removeClass" as const), column: index }),
    fc.constantFrom("1e39 2\n3 4", "[[1,2,3]]", "1 2\n3").map((text) => pasted(text)),
    fc.record({ type: fc.constant("setDtype" as const), dtype: fc.constantFrom("float32", "float64") }),
  );

  it("keeps a rectangle of 1 to 8 samples and 2 to 10 classes, and values that the good texts say", () => {
    fc.assert(
      fc.property(fc.array(actions, { maxLength: 40 }), (sequence) => {
        const { example, past } = play(start, ...sequence);
        const samples = example.x.length;
        expect(samples >= 1 && samples <= 8).toBe(true);
        expect(classesOf(example) >= 2 && classesOf(example) <= 10).toBe(true);
        expect(new Set(example.x.map((row) => row.length)).size).toBe(1);
        expect([example.target.length, example.countedLabels.length]).toEqual([samples, samples]);
        for (const { text, value } of example.x.flat()) {
          if (entryProblem(text, example.dtype) === null) expect(value).toBe(parseNumber(text));
        }
        const beginning = past.length < 200 ? play(start, ...sequence, ...past.map(() => undo)).example : NOTE;
        expect(beginning).toEqual(NOTE);
      }),
    );
  });
});

describe("where the numbers are to stay as they are", () => {
  const fixed = play(start, { type: "setSettings", settings: { readonly: true }, problems: [] });

  it.each<Action>([
    retype(0, 0, "2"),
    nudge(0.1, "keys"),
    { type: "setLabel", row: 0, label: 2 },
    { type: "addSample" },
    { type: "addClass" },
    { type: "removeSample", row: 0 },
    { type: "removeClass", column: 0 },
    pasted("1 2\n3 4"),
    { type: "replaceX", rows: [[1, 2, 3]], seed: 1, gesture: null },
    { type: "setDtype", dtype: "float64" },
    { type: "setReduction", reduction: "sum" },
    { type: "setSharpness", sharpness: 1 },
    { type: "reset" },
    undo,
    redo,
  ])("$type does nothing", (action) => {
    expect(play(fixed, action)).toBe(fixed);
  });

  it("they can be asked and looked at", () => {
    const state = play(
      fixed,
      { type: "ask", cell: cell("softmax", 1, 2), step: "softmax" },
      { type: "setShifted", shifted: true },
      { type: "setSoftmaxInFront", softmaxInFront: false },
      { type: "setLanguage", language: "zh" },
      { type: "setTheme", theme: "dark" },
    );
    expect(state).toMatchObject({ asked: cell("softmax", 1, 2), shifted: true, language: "zh", theme: "dark" });
  });
});

describe("open", () => {
  const problems: readonly Problem[] = [{ name: "foo", rule: { kind: "unknown" } }];

  it("is one edit, which undo takes back", () => {
    const { data } = readHash("#x=1,2;3,4&y=1,0&form=shifted&y=0,5,5");
    const state = play(start, retype(0, 0, "2"), { type: "open", opening: openingOf([data], problems) });
    expect(valuesOf(state)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(state.shifted).toBe(true);
    expect(state.problems).toEqual([...problems, { name: "y", rule: { kind: "labels", got: 3, samples: 2 } }]);
    expect(textsOf(play(state, undo))[0]?.[0]).toBe("2");
  });

  it("of the later layer stands on the earlier one", () => {
    const layers = ["#x=1,2;3,4&reduction=sum", "#y=1,1"].map((hash) => readHash(hash).data);
    const { example } = play(start, { type: "open", opening: openingOf(layers, []) });
    expect(example).toMatchObject({ target: [1, 1], reduction: "sum" });
    expect(example.x.length).toBe(2);
  });

  it("is what resetting goes back to", () => {
    const opened: Action = { type: "open", opening: openingOf([readHash("#x=1,2;3,4").data], []) };
    const state = play(start, opened, retype(0, 0, "5"), { type: "reset" });
    expect(valuesOf(state)).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it("tells its problems until they are dismissed", () => {
    const state = play(start, { type: "open", opening: openingOf([], problems) });
    expect(state.problems).toEqual(problems);
    expect(play(state, { type: "dismissProblems" }).problems).toEqual([]);
  });
});
