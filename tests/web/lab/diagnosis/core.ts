// The diagnosis as the tests use it, over the WebAssembly that was built; and tensors as reading would bring them.
import { readFileSync } from "node:fs";
import { load } from "../../../../web/src/lab/diagnosis/index.ts";
import type { Brought, BroughtDtype, BroughtTensor, Diagnosis } from "../../../../web/src/lab/diagnosis/types.ts";

export const wasmBinary = readFileSync(new URL("../../../../build/wasm/diagnosis.wasm", import.meta.url));

export const core = await load({ wasmBinary });

/** Nested numbers as a tensor; with decimals as a print of it. */
export function tensor(
  nested: unknown,
  { dtype = "float32", stated = true, decimals = null }: Partial<Omit<BroughtTensor, "data" | "shape">> = {},
): BroughtTensor {
  const shape: number[] = [];
  for (let at = nested; Array.isArray(at); at = at[0]) shape.push(at.length);
  const numbers = [nested].flat(Number.POSITIVE_INFINITY) as number[];
  return { shape, dtype, stated, decimals, data: arrayOf(dtype, numbers) };
}

export function labels(nested: unknown): BroughtTensor {
  return tensor(nested, { dtype: "int64" });
}

function arrayOf(dtype: BroughtDtype, numbers: readonly number[]): ArrayLike<number> | ArrayLike<bigint> {
  if (dtype === "int64") return BigInt64Array.from(numbers, BigInt);
  if (dtype === "float64") return Float64Array.from(numbers);
  if (dtype === "int32") return Int32Array.from(numbers);
  if (dtype === "uint8" || dtype === "bool") return Uint8Array.from(numbers);
  return Float32Array.from(numbers);
}

export async function diagnose(brought: Brought): Promise<Diagnosis> {
  return (await core.diagnose(brought)).diagnosis;
}
