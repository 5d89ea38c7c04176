// The trace: every intermediate of both pipelines in one call.
import type { CelossWasm, PipelineAddresses } from "celoss-wasm";
import { type Logits, numel, readLogits } from "./arguments.ts";
import { placeLossArguments, readLossOptions, readLossTarget } from "./loss.ts";
import { Call, type Place } from "./marshal.ts";
import type { LogitsTrace, PipelineTrace, Reduction } from "./types.ts";

export function trace(wasm: CelossWasm, input: unknown, target: unknown, options: unknown): unknown {
  const { reduction, ignoreIndex } = readLossOptions(options);
  const logits = readLogits("logits", input);
  const checkedTarget = target === null ? null : readLossTarget(target, logits, "crossEntropy");
  const shapes = { ...logitsShapes(logits), ...(checkedTarget && targetShapes(logits, reduction)) };

  const call = new Call(wasm);
  const args = placeLossArguments(wasm, call, logits, checkedTarget, reduction, ignoreIndex);
  const plain = placePipeline(call, logits, shapes);
  const softmaxInFront = placePipeline(call, logits, shapes);
  call.run(() => wasm[`trace_${logits.dtype}`](args(), plain.addresses(), softmaxInFront.addresses()));
  return { plain: plain.read(), softmaxInFront: softmaxInFront.read() };
}

type Shapes = Partial<Record<keyof PipelineTrace, number[]>>;

function logitsShapes({ N, C }: Logits): Record<keyof LogitsTrace, number[]> {
  return {
    rowMax: [N],
    shifted: [N, C],
    exp: [N, C],
    sum: [N],
    softmax: [N, C],
    logOfSoftmax: [N, C],
    logSoftmax: [N, C],
    prediction: [N],
  };
}

/** The shapes of what the targets decide; [] is a number. */
function targetShapes(
  { N, C }: Logits,
  reduction: Reduction,
): Record<Exclude<keyof PipelineTrace, keyof LogitsTrace>, number[]> {
  const lossShape = reduction === "none" ? [N] : [];
  return {
    picked: [N],
    pickedSum: [],
    lossByHand: lossShape,
    losses: [N],
    nllLoss: lossShape,
    loss: lossShape,
    gradLogits: [N, C],
  };
}

/** No address for what the targets decide. */
const unwanted = { picked: 0, pickedSum: 0, lossByHand: 0, losses: 0, nllLoss: 0, loss: 0, gradLogits: 0 };

/** Places the fields of one pipeline. */
function placePipeline(call: Call, { dtype }: Logits, shapes: Shapes) {
  const fields = Object.entries(shapes).map(([name, shape]) => {
    return { name, shape, place: call.output(name === "prediction" ? "int64" : dtype, numel(shape)) };
  });
  return {
    /** Where they are while the call runs; 0 for those that are not wanted. */
    addresses: () =>
      ({
        ...unwanted,
        ...Object.fromEntries(fields.map(({ name, place }) => [name, place.address])),
      }) as PipelineAddresses,
    read: () => Object.fromEntries(fields.map(({ name, shape, place }) => [name, read(call, place, shape)])),
  };
}

function read(call: Call, place: Place, shape: number[]) {
  return shape.length === 0 ? call.readNumber(place) : call.readTensor(place, shape);
}
