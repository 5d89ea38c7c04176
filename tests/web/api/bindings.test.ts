// What crosses the border goes by its place alone: both sides must count alike.
import { readFileSync } from "node:fs";
import createCeloss from "celoss-wasm";
import { describe, expect, it } from "vitest";
import { loss } from "../../../web/src/api/loss.ts";
import { Memory } from "../../../web/src/api/marshal.ts";
import { loadModule } from "../../../web/src/api/module.ts";
import { wasmBinary } from "./core.ts";

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");

/** What a file of cpp/bindings gives JavaScript, plain exports and Embind's, each with the names of its parameters. */
function exportsOf(file: string): [string, string[]][] {
  const source = read(`cpp/bindings/${file}`);
  const parameters = (name: string) => namesIn(new RegExp(`\\b${name}\\(([^)]*)\\) {`).exec(source)?.[1], / (\w+)$/);
  const plain = [...source.matchAll(/EMSCRIPTEN_KEEPALIVE \w+ (\w+)\(/g)].map(([, name = ""]) => [`_${name}`, name]);
  const bound = [...source.matchAll(/ function\("(\w+)", &(\w+)/g)].map(([, name = "", of = ""]) => [name, of]);
  return [...plain, ...bound].map(([name = "", of = ""]) => [name, parameters(of)]);
}

/** The functions that a declaration of the glue has. */
function declaredIn(file: string): [string, string[]][] {
  return [...read(`web/src/${file}`).matchAll(/^ {4}(\w+)\(([^)]*)\): \w+;/gm)].map(([, name = "", parameters]) => [
    name,
    namesIn(parameters, /^(\w+):/),
  ]);
}

/** Of parameters their names, as JavaScript spells them. */
function namesIn(parameters = "", name: RegExp): string[] {
  return parameters
    .split(",")
    .map((parameter) => name.exec(parameter.trim().replace(/\s+/g, " "))?.[1])
    .filter((found) => found !== undefined)
    .map((found) => found.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()));
}

describe("the declared names", () => {
  it.each([
    ["celoss.wasm", ["module.cpp", "losses.cpp"], "api/celoss-wasm.d.ts"],
    ["lab.wasm", ["lab.cpp"], "lab/lab-wasm.d.ts"],
    ["diagnosis.wasm", ["diagnosis.cpp"], "lab/diagnosis/diagnosis-wasm.d.ts"],
  ])("of %s are those of the C++, in its order", (_, sources, declaration) => {
    const exported = sources.flatMap(exportsOf);
    expect(exported.length).toBeGreaterThan(5);
    expect(Object.fromEntries(declaredIn(declaration))).toEqual(Object.fromEntries(exported));
  });
});

describe("the loss", () => {
  it("is called with every argument in its place", async () => {
    const names = Object.fromEntries(exportsOf("losses.cpp"))._loss as string[];
    const memory = new Memory(await loadModule(createCeloss, "celoss.wasm", () => new URL("x:"), wasmBinary));
    const { wasm } = memory;
    const call: Record<string, unknown> = {};
    const { _loss } = wasm;
    wasm._loss = (...given) => {
      for (const [i, name] of names.entries()) call[name] = given[i];
      for (const [name, type, length] of arrays) {
        const start = (call[name] as number) / 4;
        call[name] = [...memory.views[type].subarray(start, start + length)];
      }
      return _loss(...given);
    };
    const arrays = [
      ["input", "float32", 30],
      ["target", "int32", 10],
      ["weight", "float32", 3],
      ["gradOutput", "float32", 1],
    ] as const;
    const logits = Float32Array.from({ length: 30 }, (_, i) => i / 8);
    const target = { data: Int32Array.from({ length: 10 }, (_, i) => i % 3), shape: [2, 5] };
    const options = { reduction: "sum", weight: [1, 2, 4], ignoreIndex: -7, labelSmoothing: 0.25, gradOutput: 8 };
    const result = loss(memory, true, { data: logits, shape: [2, 3, 5] }, target, { ...options, gradient: true });

    const { loss: address, gradInput, ...others } = call;
    expect(others).toEqual({
      crossEntropy: true,
      float64: false,
      input: [...logits],
      N: 2,
      C: 3,
      D: 5,
      targetType: 0,
      target: [...target.data],
      targetSize: 10,
      reduction: 2,
      weight: [1, 2, 4],
      ignoreLow: -7,
      ignoreHigh: -1,
      labelSmoothing: 0.25,
      gradOutput: [8],
    });
    const { float32 } = memory.views;
    expect(result.loss).toBe(float32[(address as number) / 4]);
    const start = (gradInput as number) / 4;
    expect(result.gradLogits).toMatchObject({ data: float32.slice(start, start + 30) });
  });
});
