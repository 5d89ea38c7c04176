import { describe, expect, it } from "vitest";
import { type Arguments, languageOf, Refusal, readArguments } from "../../../web/src/cli/arguments.ts";
import { cliTexts } from "../../../web/src/i18n/cli/index.ts";

const read = (line: string) => readArguments(line.split(" ").filter(Boolean), cliTexts.en);
function given(line: string): Arguments {
  const asked = read(line);
  if (asked.kind !== "diagnose") throw new Error(asked.kind);
  return asked.given;
}

describe("readArguments", () => {
  it("takes files, and - for standard input", () => {
    expect(given("diagnose x.npy y.npy").files).toEqual(["x.npy", "y.npy"]);
    expect(given("diagnose -").files).toEqual(["-"]);
    expect(given("diagnose x.npy -- -odd.npy").files).toEqual(["x.npy", "-odd.npy"]);
  });

  it("knows to how many decimals a number is said", () => {
    expect(given("diagnose --loss 1.4612 --classes 10 --accuracy 99%")).toMatchObject({
      loss: { value: 1.4612, decimals: 4 },
      accuracy: { value: 0.99, decimals: 2 },
      classes: 10,
    });
    expect(given("diagnose --loss=5.5e-1 --accuracy 0.983").accuracy).toEqual({ value: 0.983, decimals: 3 });
    expect(given("diagnose --loss=5.5e-1").loss).toEqual({ value: 0.55, decimals: 2 });
    expect(given("diagnose --loss nan").loss).toEqual({ value: Number.NaN, decimals: 0 });
    expect(given("diagnose --loss -0.5").loss?.value).toBe(-0.5);
    expect(given("diagnose x --accuracy 100%").accuracy).toEqual({ value: 1, decimals: 2 });
    expect(given("diagnose x --accuracy 1").accuracy).toEqual({ value: 1, decimals: 0 });
  });

  it("takes options", () => {
    expect(
      given(
        "diagnose x --reduction sum --ignore-index -1 --label-smoothing 0.1 --class-axis -1 --logits a --labels b --weight w.npy",
      ),
    ).toMatchObject({
      corrections: { reduction: "sum", ignoreIndex: -1, labelSmoothing: 0.1, classAxis: -1 },
      logits: "a",
      labels: "b",
      weight: "w.npy",
      json: false,
    });
    expect(given("diagnose x --json").json).toBe(true);
    expect(given("diagnose x").corrections).toEqual({});
  });

  it.each([
    ["", "help"],
    ["--help", "help"],
    ["diagnose --help", "help"],
    ["--version", "version"],
    ["diagnose --version x", "version"],
  ])("%s asks for %s", (line, kind) => expect(read(line).kind).toBe(kind));

  it.each([
    ["diagnos x", "diagnos is no command; there is diagnose"],
    ["diagnose", "nothing to diagnose: give a file, - for standard input, or --loss"],
    ["diagnose --classes 10", "nothing to diagnose: give a file, - for standard input, or --loss"],
    ["diagnose a b c", "one file too many: c"],
    ["diagnose - -", "standard input can be read only once"],
    ["diagnose - --weight -", "standard input can be read only once"],
    ["diagnose x --los 1", "there is no option --los"],
    ["diagnose x -l", "there is no option -l"],
    ["diagnose x --loss", "--loss needs a value"],
    ["diagnose x --loss --json", "--loss needs a value"],
    ["diagnose x --json=yes", "--json takes no value"],
    ["diagnose x --loss low", "--loss is a number, not low"],
    ["diagnose x --loss 1,46", "--loss is a number, not 1,46"],
    ["diagnose x --accuracy 98", "--accuracy is a fraction from 0 to 1, as 0.98, or a percentage, as 98%, not 98"],
    ["diagnose x --accuracy 101%", "--accuracy is a fraction from 0 to 1, as 0.98, or a percentage, as 98%, not 101%"],
    ["diagnose x --accuracy -0.1", "--accuracy is a fraction from 0 to 1, as 0.98, or a percentage, as 98%, not -0.1"],
    ["diagnose x --accuracy nan", "--accuracy is a fraction from 0 to 1, as 0.98, or a percentage, as 98%, not nan"],
    ["diagnose x --classes 2.5", "--classes is a whole number, at least 1, not 2.5"],
    ["diagnose x --classes 0", "--classes is a whole number, at least 1, not 0"],
    ["diagnose x --ignore-index a", "--ignore-index is a whole number, not a"],
    ["diagnose x --reduction avg", "--reduction is mean, sum or none, not avg"],
    ["diagnose x --lang fr", "--lang is en or zh, not fr"],
    ["diagnose --loss 1 --weight w", "--weight needs a file with logits"],
    ["diagnose x --weight=", '--weight is a file, not ""'],
  ])("%s: %s", (line, message) => {
    expect(() => read(line)).toThrow(new Refusal(message, true));
  });
});

describe("languageOf", () => {
  it.each([
    ["--lang zh", {}, "zh"],
    ["--lang=en", { LANG: "zh_CN.UTF-8" }, "en"],
    ["", { LANG: "zh_CN.UTF-8" }, "zh"],
    ["", { LC_ALL: "C", LANG: "zh_CN.UTF-8" }, "en"],
    ["--lang fr", {}, "en"],
    ["", {}, "en"],
  ])("%s %o: %s", (line, environment, language) => expect(languageOf(line.split(" "), environment)).toBe(language));
});
