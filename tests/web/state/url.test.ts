import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openingOf } from "../../../web/src/state/lesson/opening.ts";
import { reduce } from "../../../web/src/state/lesson/reducer.ts";
import { initialState, type State } from "../../../web/src/state/lesson/state.ts";
import { ATTRIBUTES } from "../../../web/src/state/parameters.ts";
import { PARTS, STEPS } from "../../../web/src/state/steps.ts";
import {
  attributesOf,
  bareStep,
  firstLanguage,
  readHash,
  readPairs,
  readQuery,
  withQuery,
  writeHash,
  writeQuery,
} from "../../../web/src/state/url.ts";
import { pasted, play, start, textsOf, valuesOf, withX } from "./lesson/play.ts";

/** The state that a hash opens. */
const open = (hash: string): State => {
  const { data, problems } = readHash(hash);
  return { ...start, ...openingOf([data], problems) };
};

describe("the query", () => {
  it("says how the demo is shown", () => {
    expect(readQuery("?step=softmax,lesson&hide=code,formula&readonly&theme=dark&lang=zh")).toEqual({
      settings: { step: ["softmax", "lesson"], hide: ["formula", "code"], readonly: true, theme: "dark", lang: "zh" },
      data: {},
      problems: [],
    });
  });

  it("puts the steps into the order of the page", () => {
    expect(readQuery("?step=lesson,data,%20softmax").settings.step).toEqual(["data", "softmax", "lesson"]);
  });

  it.each([
    ["readonly", true],
    ["readonly=", true],
    ["readonly=1", true],
    ["readonly=true", true],
    ["readonly=0", false],
    ["readonly=false", false],
  ])("%s is %s", (query, expected) => {
    expect(readQuery(query).settings.readonly).toBe(expected);
  });

  it.each([
    ["zh", "zh"],
    ["zh-CN", "zh"],
    ["ZH-hant", "zh"],
    ["en-GB", "en"],
  ])("lang=%s is %s", (tag, lang) => {
    expect(readQuery(`?lang=${tag}`).settings.lang).toBe(lang);
  });

  it("may say numbers too, as attributes do", () => {
    expect(open("").example).toEqual(openingOf([readQuery("").data], []).example);
    expect(textsOf({ ...start, ...openingOf([readQuery("?x=1,2;3,4&y=1,0").data], []) })).toEqual([
      ["1", "2"],
      ["3", "4"],
    ]);
  });

  it.each([
    ["?step=softmax,foo", "step", { kind: "choice", bad: ["foo"], choices: STEPS }],
    ["?hide=everything", "hide", { kind: "choice", bad: ["everything"], choices: PARTS }],
    ["?theme=pink", "theme", { kind: "choice", bad: ["pink"], choices: ["auto", "light", "dark"] }],
    ["?lang=fr", "lang", { kind: "choice", bad: ["fr"], choices: ["zh", "en"] }],
    ["?readonly=perhaps", "readonly", { kind: "choice", bad: ["perhaps"], choices: ["1", "0"] }],
    ["?source=x", "source", { kind: "unknown" }],
    ["?lang=zhongguo", "lang", { kind: "choice", bad: ["zhongguo"], choices: ["zh", "en"] }],
    ["?__proto__=1", "__proto__", { kind: "unknown" }],
    ["?constructor=1", "constructor", { kind: "unknown" }],
    ["?%E0%A4%A=1", "%E0%A4%A", { kind: "unknown" }],
    ["?lang=zh&lang=en", "lang", { kind: "repeated" }],
  ])("%s: names what it cannot use", (search, name, rule) => {
    const { data, problems } = readQuery(`${search}&form=shifted`);
    expect(problems).toEqual([{ name, rule }]);
    expect(data).toEqual({ form: "shifted" });
  });

  it("uses what it can of a list", () => {
    expect(readQuery("?step=softmax,foo").settings.step).toEqual(["softmax"]);
  });

  it("is written without what goes without saying", () => {
    expect(writeQuery(start)).toBe("?lang=en");
    const settings = {
      steps: ["log", "lesson"],
      hide: ["code"],
      readonly: true,
      theme: "light",
      language: "zh",
    } as const;
    expect(writeQuery(settings)).toBe("?step=log,lesson&hide=code&readonly=1&theme=light&lang=zh");
  });

  it("reads what it wrote", () => {
    fc.assert(
      fc.property(
        fc.subarray([...STEPS], { minLength: 1 }),
        fc.subarray([...PARTS]),
        fc.boolean(),
        fc.constantFrom("auto" as const, "light" as const, "dark" as const),
        fc.constantFrom("zh" as const, "en" as const),
        (steps, hide, readonly, theme, language) => {
          const { settings, problems } = readQuery(writeQuery({ steps, hide, readonly, theme, language }));
          expect(problems).toEqual([]);
          expect({ step: STEPS, hide: [], readonly: false, theme: "auto", ...settings }).toEqual({
            step: steps,
            hide,
            readonly,
            theme,
            lang: language,
          });
        },
      ),
    );
  });

  it("keeps what an address has of others", () => {
    expect(withQuery("", "?lang=en")).toBe("?lang=en");
    expect(withQuery("?theme=dark&from=a%20b&lang=zh", "?lang=en")).toBe("?from=a%20b&lang=en");
    expect(withQuery("?x=1,2;3,4", "?lang=en")).toBe("?lang=en");
  });
});

describe("the hash", () => {
  it("says what the demo shows", () => {
    const state = open(
      "#v=1&x=1,-2.5;3e-4,inf&y=1,0&dtype=float64&reduction=sum&pipeline=plain&sharpness=4&form=shifted&counted=2,2&step=log",
    );
    expect(state.problems).toEqual([]);
    expect(textsOf(state)).toEqual([
      ["1", "-2.5"],
      ["0.0003", "inf"],
    ]);
    expect(state).toMatchObject({
      example: { target: [1, 0], dtype: "float64", reduction: "sum", seed: null, countedLabels: [2, 2] },
      question: { sharpness: 4, softmaxInFront: false },
      shifted: true,
    });
    expect(readHash("#v=1&step=log").step).toBe("log");
  });

  it("may be the name of a step alone", () => {
    expect(bareStep("#log-softmax")).toBe("log-softmax");
    expect(readHash("#log-softmax")).toEqual({ settings: {}, data: {}, problems: [], step: "log-softmax" });
    expect(bareStep("#log-softmax&from=timeline&utm_source=chat")).toBe("log-softmax");
    for (const hash of ["", "#", "#step=log", "#logs", "#__proto__", "#log&form=shifted", "#log=1"]) {
      expect(bareStep(hash)).toBeNull();
    }
  });

  it("takes a plus sign for what it is", () => {
    expect(valuesOf(open("#x=1e+1,+2;3,4"))).toEqual([
      [10, 2],
      [3, 4],
    ]);
  });

  it("takes x as PyTorch prints it", () => {
    expect(valuesOf(open(`#x=${encodeURIComponent("tensor([[1., 2.], [3., 4.]])")}`))).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it.each([
    ["v=2", "v", { kind: "wholeNumbers", bad: ["2"], from: 1, to: 1 }],
    ["dtype=float16", "dtype", { kind: "choice", bad: ["float16"], choices: ["float32", "float64"] }],
    ["reduction=avg", "reduction", { kind: "choice", bad: ["avg"], choices: ["mean", "sum", "none"] }],
    ["sharpness=100", "sharpness", { kind: "number", bad: "100", from: 0.25, to: 15 }],
    ["z=AAAA", "z", { kind: "packed" }],
    ["step=nowhere", "step", { kind: "choice", bad: ["nowhere"], choices: STEPS }],
    ["nowhere", "nowhere", { kind: "unknown" }],
    ["%3Cscript%3E=1", "<script>", { kind: "unknown" }],
    ["y=0,1", "y", { kind: "labels", got: 2, samples: 3 }],
    ["y=0,1,1,1", "y", { kind: "labels", got: 4, samples: 3 }],
    ["y=0,1,-1", "y", { kind: "wholeNumbers", bad: ["-1"], from: 0, to: 999 }],
    ["y=0,1,1.5", "y", { kind: "wholeNumbers", bad: ["1.5"], from: 0, to: 999 }],
    ["y=0,1,1000", "y", { kind: "wholeNumbers", bad: ["1000"], from: 0, to: 999 }],
    ["y=", "y", { kind: "count", got: 0, from: 1, to: 8 }],
    ["counted=1,2,3,4,5,6,7,8,9", "counted", { kind: "count", got: 9, from: 1, to: 8 }],
    ["counted=1", "counted", { kind: "labels", got: 1, samples: 3 }],
  ])("%s: names what it cannot use, and uses the rest", (hash, name, rule) => {
    const state = open(`#${hash}&form=shifted`);
    expect(state.problems).toEqual([{ name, rule }]);
    expect(state).toEqual({ ...start, shifted: true, problems: state.problems });
  });

  const refused = (kind: string) => ({ kind: "matrix", problem: { kind: "refused", refusal: { kind } } });

  it.each([
    ["x=1,2;3", "x", refused("ragged")],
    ["x=1,a;3,4", "x", refused("notANumber")],
    ["x=1", "x", { kind: "matrix", problem: { kind: "size", rows: 1, columns: 1 } }],
    ["x=1,2,3,4,5,6,7,8,9,10,11", "x", { kind: "matrix", problem: { kind: "size", rows: 1, columns: 11 } }],
    [`x=${"1,2;".repeat(9)}`, "x", { kind: "matrix", problem: { kind: "size", rows: 9, columns: 2 } }],
    ["x=", "x", refused("nothing")],
    ["x=1,2;3,4&x=1,b;3,4", "x", refused("notANumber")],
    ["x=1,b;3,4&seed=1", "x", refused("notANumber")],
    ["seed=-1", "seed", { kind: "wholeNumbers", bad: ["-1"], from: 0, to: 4294967295 }],
    ["seed=-1&shape=2,3", "seed", { kind: "wholeNumbers", bad: ["-1"], from: 0, to: 4294967295 }],
    ["shape=2,2", "shape", { kind: "needs", other: "seed" }],
    ["seed=1&shape=9,3", "shape", { kind: "matrix", problem: { kind: "size", rows: 9, columns: 3 } }],
    ["seed=1&shape=2,2,2", "shape", { kind: "count", got: 3, from: 2, to: 2 }],
    ["seed=1&shape=0,3", "shape", { kind: "wholeNumbers", bad: ["0"], from: 1, to: 999 }],
    ["preset=nothing", "preset", { kind: "choice", bad: ["nothing"], choices: ["note", "confident", "labels-from-1"] }],
    ["preset=confident&x=1,b;2,3", "x", refused("notANumber")],
  ])("%s: of a matrix that cannot be nothing is used, and no label of its rows", (hash, name, rule) => {
    const state = open(`#${hash}&y=2,0&counted=5,5&form=shifted`);
    expect(state.problems[0]).toMatchObject({ name, rule });
    for (const label of ["y", "counted"]) {
      expect(state.problems).toContainEqual({ name: label, rule: { kind: "belongs", other: name } });
    }
    const { x, target, countedLabels, seed } = state.example;
    expect({ x, target, countedLabels, seed }).toEqual({
      x: start.example.x,
      target: start.example.target,
      countedLabels: start.example.countedLabels,
      seed: null,
    });
    expect(state.shifted).toBe(true);
  });

  it.each([
    ["x=1,2;3,4&seed=7&shape=3,3&preset=confident", ["seed", "shape", "preset"], "x"],
    ["seed=7&preset=confident", ["preset"], "seed"],
  ])("%s: names what gives way", (hash, names, other) => {
    const state = open(`#${hash}`);
    expect(state.problems).toEqual(names.map((name) => ({ name, rule: { kind: "givesWay", other } })));
    expect(state.example.seed).toBe(other === "seed" ? 7 : null);
  });

  it.each([
    [
      "x=1,2;3,1e39",
      "1e+39",
      "float32",
      [
        [1, 2],
        [3, Infinity],
      ],
    ],
    [
      "x=-1e999,1;2,3&dtype=float64",
      "-1e999",
      "float64",
      [
        [-Infinity, 1],
        [2, 3],
      ],
    ],
  ])("%s: makes inf of what is too large, and says so", (hash, token, dtype, x) => {
    const state = open(`#${hash}&y=1,0`);
    expect(state.problems).toMatchObject([
      { name: "x", rule: { kind: "read", notice: { kind: "inf", details: { token, dtype } } } },
    ]);
    expect(valuesOf(state)).toEqual(x);
    expect(state.example.target).toEqual([1, 0]);
  });

  it("judges the reader's labels in the last step, and no others", () => {
    const counted = (hash: string) => open(hash).example.countedLabels;
    expect(counted("#v=1&x=3,4;6,9&y=1,0")).toEqual([1, 0]);
    expect(counted("#v=1&x=3,4;6,9")).toEqual([0, 1]);
    expect(counted("#v=1&y=2,0,1")).toEqual([2, 0, 1]);
    expect(counted("#v=1&x=3,4;6,9&y=1,0&counted=1,2")).toEqual([1, 2]);
    expect(counted("#v=1&y=0,1")).toEqual([1, 2, 3]);
    expect(counted("")).toEqual([1, 2, 3]);
  });

  it("takes x whatever stands beside it", () => {
    const state = open("#x=1,2;3,4&y=1,1&seed=-1");
    expect(state.problems).toEqual([
      { name: "seed", rule: { kind: "wholeNumbers", bad: ["-1"], from: 0, to: 4294967295 } },
    ]);
    expect(state.example).toMatchObject({ target: [1, 1], seed: null });
    expect(valuesOf(state)).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it("of what is said more than once takes the last, and names it once", () => {
    const state = open("#x=1,2;3,4&x=5,6;7,8&x=9,8;7,6&y=0,1");
    expect(state.problems).toEqual([{ name: "x", rule: { kind: "repeated" } }]);
    expect(valuesOf(state)).toEqual([
      [9, 8],
      [7, 6],
    ]);
  });

  it("is not taken apart where it is longer than any of ours", () => {
    const text = `x=${"1,2;".repeat(1_000_000)}`;
    const rule = { kind: "tooLong", length: text.length + 1, most: 65536 };
    expect(open(`#${text}`)).toEqual({ ...start, problems: [{ name: "#", rule }] });
    expect(readQuery(`?${text}`)).toEqual({ settings: {}, data: {}, problems: [{ name: "?", rule }] });
    expect(withQuery(`?${text}`, "?lang=en")).toBe("?lang=en");
    expect(readPairs([["x", text]]).problems).toEqual([
      { name: "x", rule: { kind: "tooLong", length: text.length, most: 65536 } },
    ]);
  });

  it("is empty for a plain page, and a bare step where there is nothing else", () => {
    expect(writeHash(start, start, null)).toBe("");
    expect(writeHash(start, start, "log")).toBe("log");
  });

  it("is short and can be read", () => {
    const state = withX(
      [
        ["1", "2"],
        ["3", "4"],
      ],
      { type: "setLabel", row: 0, label: 1 },
    );
    expect(writeHash(state, start, "nll-loss")).toBe("v=1&x=1,2;3,4&y=1,1&step=nll-loss");
    const random = { ...start, example: { ...start.example, seed: 7 } };
    expect(writeHash(random, start, null)).toBe("v=1&shape=3,3&seed=7");
  });

  it("has what is said beside the reader's own batch, as it was said", () => {
    const hash =
      "v=1&classes=10&loss=1.4610&accuracy=0.99&batch-reduction=sum&ignore-index=-1&label-smoothing=0.1&weight=1,2,0.5";
    const state = open(`#${hash}`);
    expect(state.batch.loss).toEqual({ value: 1.461, decimals: 4 });
    expect(writeHash(state, start, null)).toBe(hash);
    expect(
      writeHash(reduce(state, { type: "setBatch", batch: { loss: { value: Number.NaN, decimals: 0 } } }), start, null),
    ).toBe("v=1&loss=NaN");
    expect(open("#loss=nan&weight=[1, 2.5]").batch).toEqual({
      loss: { value: Number.NaN, decimals: 0 },
      weight: [1, 2.5],
    });
    expect(open("").batch).toEqual({});
  });

  it("says everything where nobody knows what goes without saying", () => {
    expect(writeHash(start, null, null)).toBe(
      "v=1&x=0.74594,0.58806,0.47946;0.28940,0.05678,0.34387;0.61236,0.75584,0.43084&y=0,1,1&dtype=float32" +
        "&reduction=mean&pipeline=softmax-in-front&sharpness=2.5&form=textbook&counted=1,2,3",
    );
  });

  it("passes over what is appended where links are shared", () => {
    const names =
      "utm_source utm_medium fbclid gclid msclkid yclid twclid igshid mc_cid mc_eid _ga _gl from isappinstalled scene spm share_token ref";
    const appended = names.split(" ").map((name) => `${name}=1`);
    expect(readQuery(`?${appended.join("&")}&&=&`).problems).toEqual([]);
    expect(readHash(`#x=1,2;3,4&${appended.join("&")}`).problems).toEqual([]);
    expect(withQuery(`?${appended.join("&")}`, "?lang=en")).toBe(`?${appended.join("&")}&lang=en`);
    for (const name of ["reference", "xref", "gclids", "_gat", "scenes"]) {
      expect(readQuery(`?${name}=1`).problems).toEqual([{ name, rule: { kind: "unknown" } }]);
    }
  });

  it("says the last good value of what is no number", () => {
    const state = play(start, { type: "retype", row: 0, column: 0, text: "abc", gesture: "type" });
    expect(writeHash(state, start, null)).toBe("");
    expect(writeHash(play(state, { type: "setReduction", reduction: "sum" }), start, null)).toBe("v=1&reduction=sum");
  });

  it("keeps the sign of a zero among whole numbers", () => {
    const state = play(start, pasted("1.5 -0.0\n2 3"), {
      type: "retype",
      row: 0,
      column: 0,
      text: "1",
      gesture: "type",
    });
    expect(valuesOf(open(writeHash(state, start, null)))).toEqual([
      [1, -0],
      [2, 3],
    ]);
  });

  it("opens as the state that it was written from", () => {
    const number = fc.oneof(
      fc.double().map((value) => (Number.isNaN(value) ? "nan" : String(value).replace("Infinity", "inf"))),
      fc.constantFrom("0", "-0", "1.", ".5", "+1e+2", "１２", "inf", "-inf"),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 2, max: 10 }),
        fc.infiniteStream(number),
        fc.infiniteStream(fc.integer({ min: 0, max: 12 })),
        fc.constantFrom("mean" as const, "sum" as const, "none" as const),
        fc.boolean(),
        (N, C, numbers, labels, reduction, shifted) => {
          const x = Array.from({ length: N }, () => [...numbers.take(C)]);
          const state = play(
            start,
            { type: "setDtype", dtype: "float64" },
            pasted(x.map((row) => row.join(" ")).join("\n")),
            { type: "setReduction", reduction },
            { type: "setShifted", shifted },
            ...[...labels.take(N)].map((label, row) => ({ type: "setLabel", row, label }) as const),
          );
          const again = open(writeHash(state, start, null));
          expect(again.problems).toEqual([]);
          expect(valuesOf(again)).toEqual(valuesOf(state));
          expect(again.example.target).toEqual(state.example.target);
          expect(again).toMatchObject({ shifted, example: { reduction, dtype: "float64" } });
        },
      ),
    );
  });

  it("opens with anything at all in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        for (const hash of [`#${text}`, `#x=${text}`, `#y=${text}&seed=${text}`, `#preset=${text}`]) {
          const { example } = open(hash);
          expect(example.x.length).toBe(example.target.length);
        }
      }),
    );
  });
});

describe("attributes", () => {
  it("have the names of the query and the hash, each once", () => {
    expect(new Set(ATTRIBUTES).size).toBe(ATTRIBUTES.length);
    expect(ATTRIBUTES).toContain("step");
    expect(ATTRIBUTES).toContain("x");
  });

  it("say the same as the address they are made from", () => {
    const query = "?step=softmax&readonly=1&lang=zh";
    const hash = "v=1&x=1,2;3,4&y=1,1&counted=1,2&step=softmax";
    const attributes = attributesOf(query, hash);
    expect(attributes).toEqual([
      ["step", "softmax"],
      ["readonly", ""],
      ["lang", "zh"],
      ["x", "1,2;3,4"],
      ["y", "1,1"],
      ["counted", "1,2"],
    ]);
    expect(readPairs(attributes)).toEqual({
      settings: readQuery(query).settings,
      data: readHash(hash).data,
      problems: [],
    });
  });
});

describe("presets", () => {
  it.each([
    ["note", start.example],
    ["labels-from-1", { ...start.example, target: [1, 2, 3] }],
  ])("%s", (preset, example) => {
    expect(open(`#preset=${preset}`)).toEqual({ ...start, example, start: example });
  });

  it("give way to what stands beside them", () => {
    const state = open("#preset=confident&y=2,1,0");
    expect(textsOf(state)).toEqual([
      ["32", "10", "2"],
      ["4", "26", "6"],
      ["2", "12", "30"],
    ]);
    expect(state.example.target).toEqual([2, 1, 0]);
  });
});

describe("firstLanguage", () => {
  it.each([
    [["zh-TW", "en"], "zh"],
    [["en-GB", "zh-CN"], "en"],
    [["fr", "ZH-Hans-CN", "en"], "zh"],
    [["", "fr", "de"], "en"],
    [[], "en"],
  ])("of %j is %s", (languages, language) => {
    expect(firstLanguage(languages)).toBe(language);
  });
});

it("a plain page has all steps and nothing hidden", () => {
  expect(initialState("zh", "dark")).toMatchObject({ steps: STEPS, hide: [], readonly: false, problems: [] });
});
