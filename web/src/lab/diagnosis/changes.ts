// What has become of the losses of the same samples.
import type { DiagnosisWasm } from "diagnosis-wasm";
import { type Memory, placeOf } from "../../api/marshal.ts";
import type { Changes } from "./types.ts";

/** counted: the samples that count. */
export function changesOf(
  memory: Memory<DiagnosisWasm>,
  before: Float32Array,
  after: Float32Array,
  counted: Int32Array,
): Changes {
  const { wasm } = memory;
  const samples = before.length;
  const was = placeOf("float32", samples, before);
  const order = placeOf("int32", counted.length, counted);
  const changes = placeOf("float32", samples, after);
  memory.place([was, order, changes]);
  wasm._change_of_losses(was.address, changes.address, samples);
  memory.check(wasm._sort_worst_first(changes.address, samples, order.address, order.length));
  const found = memory.read(changes);
  const sorted = Uint32Array.from(memory.read(order));
  const count = (is: (change: number) => boolean) => sorted.filter((sample) => is(found[sample] as number)).length;
  return { changes: found, order: sorted, fell: count((change) => change < 0), rose: count((change) => change > 0) };
}
