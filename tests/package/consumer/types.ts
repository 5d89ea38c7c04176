// What TypeScript knows of the package.
import "celoss/cross-entropy-demo.js";
import "celoss/cross-entropy-demo";
import { type Celoss, CelossError, type LossResult, load } from "celoss";
import wasmBinary from "celoss/celoss.wasm";
import { type CrossEntropyDemo, type CrossEntropyDemoAttributes, type DemoChange, define } from "celoss/element";
import { type Lab, load as loadLab, type Trace } from "celoss/lab";
import wasmOfLab from "celoss/lab.wasm";

const celoss: Celoss = await load();
const { loss, gradLogits } = celoss.crossEntropy([[1, 2, 3]], [2], { gradient: true, labelSmoothing: 0.1 });
export const numbers: [number, readonly number[]] = [loss, gradLogits.shape];
export const each: readonly number[] = celoss.crossEntropy([[1, 2, 3]], [2], { reduction: "none" }).losses.shape;
// @ts-expect-error: there is no such reduction.
celoss.crossEntropy([[1, 2, 3]], [2], { reduction: "avg" });
export const result: LossResult = (await load({ wasmBinary })).crossEntropy([[1, 2, 3]], [2]);
export const code = (error: unknown) => (error instanceof CelossError ? error.code : undefined);

const lab: Lab = await loadLab({ wasmBinary: wasmOfLab });
export const trace: Trace = lab.trace([[1, 2, 3]], [2]);

define();
const demo: CrossEntropyDemo = document.createElement("cross-entropy-demo");
demo.query = "?step=softmax";
demo.show("softmax");
// @ts-expect-error: an address is a text.
demo.page = 1;
document.querySelector("cross-entropy-demo")?.addEventListener("celoss-change", (event) => {
  const { hash, entry }: DemoChange = (event as CustomEvent<DemoChange>).detail;
  console.log(hash.length, entry);
});
export const attributes: CrossEntropyDemoAttributes = { step: "softmax", readonly: true };
// @ts-expect-error: there is no such attribute.
export const others: CrossEntropyDemoAttributes = { steps: "softmax" };
