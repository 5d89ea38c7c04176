import { describe, expect, it } from "vitest";
import { RULES } from "../../../../web/src/lab/diagnosis/types.ts";
import { KNOWN_ERRORS, readErrorText } from "../../../../web/src/read/error-text.ts";
import type { ErrorText } from "../../../../web/src/read/types.ts";
import { diagnosisOfError, findingsOf } from "../../../../web/src/state/diagnosis/error-findings.ts";
import { findingWords } from "../../../../web/src/state/diagnosis/finding-words.ts";

const read = (text: string) => readErrorText(text) as ErrorText;

describe("an error's text", () => {
  it.each([
    ["label-out-of-range labels-from-one?", "IndexError: Target 3 is out of bounds."],
    ["padding-label", "IndexError: Target -1 is out of bounds."],
    ["padding-label", "IndexError: Target 255 is out of bounds."],
    [
      "label-out-of-range labels-from-one?",
      "Received a label value of 10 which is outside the valid range of [0, 10).",
    ],
    ["label-out-of-range", "Received a label value of 236210 which is outside the valid range of [0, 10000)."],
    ["padding-label", "Received a label value of -1 which is outside the valid range of [0, 10)."],
    ["device-side-assert", "Loss.cu:250: block: [0,0,0] Assertion `t >= 0 && t < n_classes` failed."],
    ["device-side-assert", "RuntimeError: CUDA error: device-side assert triggered"],
    ["target-dtype", "expected scalar type Long but found Float"],
    ["target-dtype", "expected target dtype to be Long or Byte, but got Float"],
    ["one-hot-target", "Expected floating point type for target with class probabilities, got Long"],
    ["half-precision", `"log_softmax_lastdim_kernel_impl" not implemented for 'Half'`],
    ["logits-dtype", `"log_softmax_lastdim_kernel_impl" not implemented for 'Long'`],
    ["target-column one-hot-target?", "0D or 1D target tensor expected, multi-target not supported"],
    ["batch-mismatch", "Expected input batch_size (324) to match target batch_size (4)."],
    ["class-axis-last", "Expected target size [2, 5], got [2, 3]"],
    ["target-column", "Expected target size [2, 5], got [2, 5, 1]"],
    ["batch-mismatch", "Expected target size [2, 5], got [2]"],
    ["channels-last", "size mismatch (got input: [2, 8, 8, 3] , target: [2, 8, 8]"],
    ["batch-mismatch", "size mismatch (got input: [2, 3, 8, 8] , target: [2, 16, 16]"],
    ["float-target-single-sample", "size mismatch (got input: [3], target: [1])"],
    ["float-target-single-sample", "For 1D input, 1D target must have size 1, but got target size: 3"],
    ["batch-mismatch", "size mismatch (got input: [2, 3], target: [])"],
    [
      "target-column one-hot-target?",
      "only batches of spatial targets supported (3D tensors) but got targets of dimension: 4",
    ],
    ["batch-mismatch", "only batches of spatial targets supported (3D tensors) but got targets of dimension: 1"],
    ["option-mismatch", "weight tensor should be defined either for all or no classes"],
    ["option-mismatch", "ignore_index is not supported for floating point target"],
    ["option-mismatch", "label_smoothing must be between 0.0 and 1.0. Got: 1.5"],
    ["option-mismatch", "ValueError: Shapes (None, 1) and (None, 10) are incompatible"],
    [
      "one-hot-target",
      "logits and labels must have the same first dimension, got logits shape [32,10] and labels shape [320]",
    ],
    [
      "batch-mismatch",
      "logits and labels must have the same first dimension, got logits shape [896,10] and labels shape [32]",
    ],
    [
      "keras-from-logits",
      "`sparse_categorical_crossentropy` received `from_logits=True`, but the `output` argument was produced by a Softmax activation and thus does not represent logits.",
    ],
    ["softmax-over-batch?", "UserWarning: Implicit dimension choice for softmax has been deprecated."],
  ])("%s: %s", (rules, text) => {
    const findings = findingsOf(read(text));
    expect(findings.map(({ id, proof }) => id + (proof.possible ? "?" : "")).join(" ")).toBe(rules);
    for (const { severity, proof } of findings) expect(severity === "info").toBe(proof.possible === true);
  });

  it("says from one for certain only where nothing else is possible", () => {
    expect(findingsOf(read("Target 10 is out of bounds."), 10).map(({ id }) => id)).toEqual([
      "label-out-of-range",
      "labels-from-one",
    ]);
    expect(findingsOf(read("Target 12 is out of bounds."), 10).map(({ id }) => id)).toEqual(["label-out-of-range"]);
  });

  it.each(KNOWN_ERRORS.map(({ id, says }) => [id, says] as const))("%s has a finding, with words", (id, says) => {
    for (const one of says) {
      const numbers = Object.fromEntries(
        [...one.matchAll(/\{(\w+) (\w+)\}/g)].map(([, kind, name = ""]) => [
          name,
          kind === "int" ? 4 : kind === "sizes" ? [4, 3] : "Float",
        ]),
      );
      const { verdict, findings } = diagnosisOfError({ id, text: one, numbers }, null, "");
      expect(RULES).toContain(verdict);
      for (const finding of findings) {
        for (const language of ["en", "zh"] as const) {
          const words = findingWords(finding, language);
          for (const text of [words.verdict, words.why, ...words.proof]) expect(text).not.toMatch(/undefined|null/);
          expect(words.fix !== null || finding.proof.option === "labelSmoothing", finding.id).toBe(true);
        }
      }
    }
  });
});
