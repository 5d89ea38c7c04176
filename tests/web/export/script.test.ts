// The script, run with real PyTorch: it prints the page's numbers, in the order of the steps.

import { describe, expect, it } from "vitest";
import { script } from "../../../web/src/export/script.ts";
import { figure } from "../../../web/src/format/fixed.ts";
import { tensorStr } from "../../../web/src/format/tensor-str.ts";
import { texts } from "../../../web/src/i18n/index.ts";
import type { Language } from "../../../web/src/i18n/language.ts";
import type { TensorId } from "../../../web/src/state/lesson/cell.ts";
import { type Model, tensorOfCell } from "../../../web/src/state/lesson/derive.ts";
import type { State } from "../../../web/src/state/lesson/state.ts";
import { Store } from "../../../web/src/state/store.ts";
import { lab } from "../lab/core.ts";
import { modelOf } from "../state/lesson/models.ts";
import { play, start, withX } from "../state/lesson/play.ts";
import { run } from "./python.ts";

/** Runs each script by itself and collects what it prints: importing PyTorch takes longer than everything else. */
const RUN_ALL = `
import contextlib, io, json, sys, torch
outputs = []
for script in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as output:
        exec(script, {})
    outputs.append(output.getvalue())
print(json.dumps(outputs))
`;

/** What the scripts of some states print, by step: the lines below each name. */
function printed(states: readonly State[], language: Language = "en"): Record<string, string>[] {
  const scripts = states.map((state) => script(state, modelOf(state), texts[language]));
  const outputs = JSON.parse(run(RUN_ALL, JSON.stringify(scripts))) as string[];
  return outputs.map((output) => {
    const steps = output.split(/^(?=\d .*$)/m).slice(1);
    return Object.fromEntries(
      steps.map((step) => {
        const [name = "", ...lines] = step.trimEnd().split("\n");
        return [name, lines.join("\n")];
      }),
    );
  });
}

/** What the page shows, by step, as PyTorch prints it. */
function shown(state: State, language: Language = "en"): Record<string, string> {
  const model = modelOf(state);
  const text = texts[language];
  const prints = (...ids: TensorId[]) =>
    ids.flatMap((id) => {
      const tensor = tensorOfCell(model, id);
      return tensor ? [tensorStr(tensor)] : [];
    });
  const comparison = ({ probs, plainLoss, frontLoss }: Model["question"]) => [
    tensorStr(probs),
    figure(plainLoss),
    figure(frontLoss),
  ];
  const { doubleSoftmaxFloor, doubleSoftmaxCeiling, uniformLoss } = model.floors;
  const floors = [doubleSoftmaxFloor, doubleSoftmaxCeiling, uniformLoss].map(figure).join(" ");
  const { error, loss } = model.counted;
  const refused = model.targetError ? [`IndexError: ${model.targetError.message}`] : [];
  const dtype = model.x.dtype;
  const steps = [
    [text.question.name, ...comparison(model.question)],
    [text.data.name, ...prints("x", "target")],
    [text.softmax.name, ...(state.shifted ? prints("rowMax", "shifted", "exp", "sum") : []), ...prints("softmax")],
    [text.log.name, ...prints("logOfSoftmax")],
    [text.logSoftmax.name, ...prints("logSoftmax")],
    [text.nllLoss.name, ...refused, ...prints("picked", "lossByHand", "nllLoss")],
    [
      text.crossEntropy.name,
      ...refused,
      ...(state.example.reduction === "none" ? prints("losses") : prints("losses", "loss")),
    ],
    [
      text.lesson.name,
      ...(model.trace
        ? [...prints("loss", "gradLogits"), ...prints("frontSoftmax", "frontLoss", "frontGradLogits")]
        : []),
      floors,
      ...comparison(model.confident),
    ],
    [
      text.labels.name,
      error
        ? `IndexError: ${error.message}`
        : tensorStr({ data: Float64Array.of(loss ?? NaN), shape: [], dtype: "float64" }).replace(
            ", dtype=torch.float64",
            dtype === "float64" ? "$&" : "",
          ),
    ],
  ];
  return Object.fromEntries(steps.map(([name, ...lines], i) => [`${i} ${name}`, lines.join("\n")]));
}

/** The state after the store got random numbers from the core. */
function random(state: State): State {
  const store = new Store(lab, state, () => {});
  store.request({ type: "random" });
  return store.state;
}

const float64 = { type: "setDtype", dtype: "float64" } as const;
const sum = { type: "setReduction", reduction: "sum" } as const;
const none = { type: "setReduction", reduction: "none" } as const;

const states: Record<string, State> = {
  note: start,
  note_sum: play(start, sum),
  note_none: play(start, none),
  note_shifted: play(start, { type: "setShifted", shifted: true }),
  note_sharp: play(start, { type: "setSharpness", sharpness: 15 }),
  float64: play(start, float64),
  float64_none: play(start, float64, none),
  random_float32: random(start),
  random_float64: random(random(play(start, float64))),
  two_samples_five_classes: withX([
    ["1", "2", "3", "4", "5"],
    ["-2", "0.25", "-0.5", "1e-3", "2"],
  ]),
  one_sample: withX([["2", "0.1"]]),
  refused: play(start, { type: "removeClass", column: 0 }),
  inf: withX([
    ["inf", "1", "2"],
    ["1", "2", "3"],
    ["1", "-inf", "0"],
  ]),
  nan: withX(
    [
      ["nan", "1", "2"],
      ["1", "2", "3"],
      ["1", "1", "0"],
    ],
    none,
  ),
  huge: withX([
    ["1e4", "0", "-1e4"],
    ["0", "3e38", "0"],
    ["-300", "-300", "-500"],
  ]),
  underflow: withX([
    ["0", "200", "0"],
    ["1", "2", "3"],
    ["1", "1", "0"],
  ]),
  labels_accepted: play(start, { type: "setCountedLabels", labels: [1, 2, 2] }),
  labels_ignored: play(start, { type: "setCountedLabels", labels: [-100, -100, -100] }),
};

const NUMBER = /-?\d+\.\d*(?:e[+-]\d+)?/g;

/**
 * What was printed, with the numbers that are one off in their last digit replaced by the page's: PyTorch's float32 has
 * errors of its own, and which side of a tie they fall on depends on the machine.
 */
function withoutRounding(printed: Record<string, string>, shown: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(printed).map(([name, text]) => {
      const expected = shown[name]?.match(NUMBER) ?? [];
      let i = 0;
      return [
        name,
        text.replace(NUMBER, (number) => (isOneOff(number, expected[i++]) ? (expected[i - 1] ?? "") : number)),
      ];
    }),
  );
}

function isOneOff(printed: string, shown = ""): boolean {
  const [[digits = "", exponent], [shownDigits = "", shownExponent]] = [printed.split("e"), shown.split("e")];
  const unit = 10 ** -(digits.split(".")[1]?.length ?? 0);
  const distance = Math.abs(Number(digits) - Number(shownDigits));
  return exponent === shownExponent && digits.length === shownDigits.length && distance < 1.5 * unit;
}

describe("the script prints what the page shows", () => {
  const outputs = printed(Object.values(states));
  it.each(Object.entries(states).map(([name, state], i) => ({ name, state, output: outputs[i] })))(
    "$name",
    ({ state, output }) => {
      expect(withoutRounding(output ?? {}, shown(state))).toEqual(shown(state));
    },
  );

  it("in Chinese", () => {
    const [output] = printed([start], "zh");
    expect(output).toEqual(shown(start, "zh"));
    expect(Object.keys(output ?? {})).toContain("8 标签从 0 开始");
  });
});

it("prints the note's numbers, to the last digit", () => {
  expect(printed([start])).toEqual([shown(start)]);
  const output = run(script(start, modelOf(start), texts.en));
  expect(output.match(/tensor\(1\.0646\)/g)).toHaveLength(4);
  expect(output).toContain("tensor(1.0840)");
  expect(output).toContain("IndexError: Target 3 is out of bounds.");
});
