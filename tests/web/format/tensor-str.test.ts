import { describe, expect, it } from "vitest";
import type { Dtype, IndexTensor, Tensor } from "../../../web/src/api/index.ts";
import { tensorStr } from "../../../web/src/format/tensor-str.ts";
import type { PipelineTrace } from "../../../web/src/lab/index.ts";
import { cases, type LossCase, type Numbers, numbers, tensor } from "../api/golden.ts";
import { lab } from "../lab/core.ts";

interface PrintedCase {
  name: string;
  dtype: Dtype | "int64";
  shape: number[];
  data: Numbers;
  str: string;
}

type Printed = Record<string, string>;

interface NoteCase extends LossCase {
  logits: Numbers;
  target: number[];
  torch: Record<"plain" | "softmax_in_front", Record<string, Numbers>>;
  exact: Record<"plain" | "softmax_in_front", Record<string, Numbers>>;
  printed: { plain: Printed; softmax_in_front: Printed; logits: string; target: string };
}

const LARGEST_SHOWN_WHOLE = 1000;

const camelCase = (name: string) => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

function integers(values: readonly (number | string)[], shape: number[]): IndexTensor {
  return { data: BigInt64Array.from(values, BigInt), shape, dtype: "int64" };
}

describe("tensorStr", () => {
  const golden = cases<PrintedCase>("printed.json");

  it.each(golden.filter(({ data }) => data.length <= LARGEST_SHOWN_WHOLE))(
    "prints what PyTorch prints: $name",
    ({ dtype, shape, data, str }) => {
      const value = dtype === "int64" ? integers(data, shape) : tensor(data, { dtype, shape });
      expect(tensorStr(value)).toBe(str);
    },
  );

  describe.each(cases<NoteCase>("note.json"))("of the note's example: $name", (note) => {
    const logits = tensor(note.logits, note);
    const trace = lab.trace(logits, note.target, { reduction: note.reduction });
    const asTensor = (field: number | Tensor | IndexTensor) =>
      typeof field === "number" ? tensor([field], { ...note, shape: [] }) : field;

    it("what the page prints is what PyTorch prints", () => {
      expect(tensorStr(logits)).toBe(note.printed.logits);
      expect(tensorStr(integers(note.target, [note.target.length]))).toBe(note.printed.target);
      for (const [name, str] of Object.entries(note.printed.plain)) {
        expect(tensorStr(asTensor(trace.plain[camelCase(name) as keyof PipelineTrace])), name).toBe(str);
      }
    });

    it("and with softmax in front too, except where PyTorch is further from the exact number", () => {
      for (const [name, str] of Object.entries(note.printed.softmax_in_front)) {
        const shown = asTensor(trace.softmaxInFront[camelCase(name) as keyof PipelineTrace]);
        if (shown.dtype !== "int64") {
          // In float32 its loss of 1.05095 is 1 ulp less, and prints as 1.0509.
          const exact = numbers(note.exact.softmax_in_front[name] ?? []);
          for (const [i, torch] of numbers(note.torch.softmax_in_front[name] ?? []).entries()) {
            const further = Math.abs(torch - (exact[i] ?? NaN)) > Math.abs((shown.data[i] ?? NaN) - (exact[i] ?? NaN));
            if (further) shown.data[i] = torch;
          }
        }
        expect(tensorStr(shown), name).toBe(str);
      }
    });
  });
});
