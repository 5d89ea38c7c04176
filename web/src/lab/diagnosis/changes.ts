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
  const is = placeOf("float32", after.length, after);
  const order = placeOf("int32", counted.length, counted);
  const changes = placeOf("float32", samples);
  const output = placeOf("float64", 2);
  memory.place([was, is, order, changes, output]);
  memory.check(
    wasm._change_of_losses(
      was.address,
      is.address,
      samples,
      order.address,
      order.length,
      changes.address,
      output.address,
    ),
  );
  memory.check(wasm._sort_worst_first(changes.address, samples, order.address, order.length));
  const [fell = 0, rose = 0] = memory.read(output);
  return { changes: memory.read(changes), order: Uint32Array.from(memory.read(order)), fell, rose };
}
