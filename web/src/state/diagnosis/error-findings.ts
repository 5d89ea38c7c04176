// What an error's text alone tells: somebody with no tensor has a traceback.

import type { Diagnosis, Finding, Proof, Rule } from "../../lab/diagnosis/types.ts";
import type { ErrorText } from "../../read/types.ts";

/** What an error's text says, in place of a diagnosis of numbers. */
export function diagnosisOfError(error: ErrorText, classes: number | null, version: string): Diagnosis {
  const findings = findingsOf(error, classes);
  return {
    version,
    read: { logits: null, target: null },
    loss: null,
    verdict: findings[0]?.id ?? "healthy",
    findings,
    unchecked: ["logits", "labels"],
  };
}

/** A diagnosis of numbers, and what an error's text beside them says, unless they say it themselves. */
export function withErrorText(diagnosis: Diagnosis, error: ErrorText | null): Diagnosis {
  const { read, findings } = diagnosis;
  const [first] = error ? findingsOf(error, read.logits?.shape[read.logits.classAxis]) : [];
  if (!first || findings.some(({ id }) => id === first.id)) return diagnosis;
  return { ...diagnosis, verdict: first.id, findings: [first, ...findings] };
}

/** What is certain first, then what the same words may mean as well. */
export function findingsOf({ id, text, numbers }: ErrorText, classes: number | null = null): readonly Finding[] {
  const { target, input, expected, output, labels, logits } = numbers;
  const found = (rule: Rule, proof: Proof = {}): Finding => ({
    id: rule,
    severity: "error",
    where: null,
    proof: { ...proof, error: text },
    fixedLoss: null,
  });
  const possible = (rule: Rule, settledBy: string, proof: Proof = {}): Finding => {
    const { error, ...rest } = found(rule, proof).proof;
    return { ...found(rule), severity: "info", proof: { ...rest, possible: true, settledBy } };
  };
  const option = (option: string, proof: Proof = numbers) => [found("option-mismatch", { ...proof, option })];

  switch (id) {
    case "target-out-of-bounds":
    case "target-out-of-range": {
      const known = typeof numbers.classes === "number" ? numbers.classes : classes;
      const proof = {
        label: target ?? null,
        classes: known,
        min: null,
        max: null,
        keras: id === "target-out-of-range",
      };
      if (isPadding(target)) return [found("padding-label", proof)];
      const isNext = target !== undefined && target === known;
      return [
        found("label-out-of-range", proof),
        ...(isNext || (typeof target === "number" && known === null)
          ? [possible("labels-from-one", "labels", { ...proof, classes: known ?? target ?? null })]
          : []),
      ];
    }
    case "target-assertion":
    case "device-side-assert":
      return [found("device-side-assert", numbers)];
    case "target-dtype":
      return [found("target-dtype", numbers)];
    case "target-not-floating":
      return [found("one-hot-target", numbers)];
    case "logits-dtype":
      return [found(/^(Half|BFloat16)$/i.test(String(numbers.got)) ? "half-precision" : "logits-dtype", numbers)];
    case "weight-dtype":
    case "weight-size":
      return option("weight");
    case "multi-target":
      return [found("target-column"), possible("one-hot-target", "labels")];
    case "batch-size":
      return [found("batch-mismatch", { inputBatch: input ?? null, targetBatch: target ?? null, transposed: null })];
    case "target-size":
      return [found(ruleOfSizes(expected, target), numbers)];
    case "size-mismatch":
      return [found(ruleOfShapes(input, target), numbers)];
    case "spatial-target":
      if (rankOf(numbers.dimensions ?? target) < 3) return [found("batch-mismatch", numbers)];
      return [found("target-column", numbers), possible("one-hot-target", "labels")];
    case "single-target-size":
    case "no-class-axis":
      return [found("float-target-single-sample", numbers)];
    case "ignore-index-probabilities":
      return option("ignoreIndex");
    case "label-smoothing":
      return option("labelSmoothing");
    case "reduction":
      return option("reduction");
    case "not-a-tensor":
      return option("tensor");
    case "devices":
      return option("device");
    case "keras-shapes":
    case "keras-target-output":
    case "tf-broadcastable": {
      const shapes = { target: target ?? labels ?? "", output: output ?? logits ?? "" };
      const [ofTarget, ofOutput] = [lastOf(shapes.target), lastOf(shapes.output)];
      const isOfUnits = ofTarget !== null && ofOutput !== null && ofTarget > 1 && ofOutput > 1;
      return option(isOfUnits && ofTarget !== ofOutput ? "keras-units" : "keras-target", { ...numbers, ...shapes });
    }
    case "tf-labels-rank":
      return [found("one-hot-target", { ...numbers, keras: true })];
    case "tf-labels-shape":
      return [
        isOneHot(labels, logits)
          ? found("one-hot-target", { ...numbers, keras: true })
          : found("batch-mismatch", { input: logits ?? null, target: labels ?? null, transposed: null }),
      ];
    case "keras-from-logits":
      return [{ ...found("keras-from-logits", numbers), severity: "warning" }];
    case "softmax-without-dim":
      return [possible("softmax-over-batch", "code", { function: String(numbers.function) })];
    default:
      throw new Error(`No finding for ${id}`);
  }
}

type Said = ErrorText["numbers"][string] | undefined;

const isPadding = (label: Said) => (typeof label === "number" && label < 0) || label === 255 || label === 65535;
const isList = (said: Said): said is readonly number[] => Array.isArray(said);
const rankOf = (said: Said) => (isList(said) ? said.length : Number(said));
const isSame = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((size, i) => size === b[i]);

/** Of (None, 10) 10. */
function lastOf(shape: Said): number | null {
  const last = isList(shape) ? shape.at(-1) : /(\d+)\s*\)$/.exec(String(shape))?.[1];
  return last === undefined ? null : Number(last);
}

/** "Expected target size [N, C], got [N, T]": what was taken for the rest of the logits is their classes. */
function ruleOfSizes(expected: Said, target: Said): Rule {
  if (!isList(expected) || !isList(target)) return "batch-mismatch";
  if (target.some((size, i) => i > 0 && size === 1 && isSame(expected, target.toSpliced(i, 1)))) return "target-column";
  return expected.length === target.length && expected[0] === target[0] ? "class-axis-last" : "batch-mismatch";
}

function ruleOfShapes(input: Said, target: Said): Rule {
  if (!isList(input) || !isList(target)) return "batch-mismatch";
  if (input.length === 1) return "float-target-single-sample";
  return input.length === 4 && isSame(input.slice(0, 3), target) ? "channels-last" : "batch-mismatch";
}

/** One-hot labels that were flattened: as many numbers as there are logits. */
function isOneHot(labels: Said, logits: Said): boolean {
  return (
    isList(labels) && isList(logits) && labels.length === 1 && labels[0] === logits.reduce((n, size) => n * size, 1)
  );
}
