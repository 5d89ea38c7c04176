// What PyTorch 2.14 would say of a call, in the library's own words for it (api/refusals.ts).
import { CelossError, wrongScalarType } from "../../api/errors.ts";
import { placeOf } from "../../api/marshal.ts";
import type { CheckedOptions } from "../../api/options.ts";
import { checkIndices, checkLogits, checkProbabilities } from "../../api/refusals.ts";
import { type ScalarType, scalarTypes } from "../../api/scalar-types.ts";
import type { Argument } from "../../api/tensor.ts";
import { isFloat, size } from "./arrays.ts";
import { classAxis } from "./findings.ts";
import type { Brought, BroughtTensor, Finding, Rule } from "./types.ts";

/** The first thing that PyTorch refuses of a call; null: nothing, but perhaps a label. */
export function refusalOf(brought: Brought): string | null {
  const { logits, target, weight } = brought;
  if (!logits) return null;
  const x = argument(logits, effectiveShape(brought, logits.shape), isFloat(logits) || !logits.stated);
  const w = weight ? argument(weight, weight.shape, true) : undefined;
  const options = {
    ignoreIndex: brought.ignoreIndex ?? -100,
    labelSmoothing: brought.labelSmoothing ?? 0,
  } as CheckedOptions;
  try {
    if (!target) checkLogits(x, options);
    else if (`${target.shape}` === `${logits.shape}`) {
      checkProbabilities(x, argument(target, x.shape, isFloat(target)), w, options);
    } else {
      checkLogits(x, options);
      // Whatever cannot be a label is to its check as floats are.
      const isLabel = !isFloat(target) && (!target.stated || target.dtype === "int64" || target.dtype === "uint8");
      const isWeightAsX = !weight?.stated || !logits.stated;
      const like = w && isWeightAsX ? { ...w, scalarType: x.scalarType } : w;
      checkIndices(x, argument(target, target.shape, !isLabel), like, options);
      if (target.dtype === "uint8" && target.stated && x.shape.length > 2) {
        throw wrongScalarType("target", "Long", "Byte");
      }
    }
    return null;
  } catch (error) {
    if (error instanceof CelossError) return error.message;
    throw error;
  }
}

/** As PyTorch would have to see it: an axis that somebody says is moved to where it looks for the classes. */
function effectiveShape(brought: Brought, shape: readonly number[]): readonly number[] {
  const axis = classAxis(brought);
  if (axis === null || shape.length < 2) return shape;
  const others = shape.filter((_, dim) => dim !== axis);
  return [others[0] as number, shape[axis] as number, ...others.slice(1)];
}

function argument(tensor: BroughtTensor, shape: readonly number[], isFloating: boolean): Argument {
  const { dtype, stated } = tensor;
  const asItHasToBe = isFloat(tensor) ? "Float" : isFloating ? "Float" : "Long";
  const said = dtype === "bool" ? ("Bool" as ScalarType) : scalarTypes[dtype];
  return {
    shape,
    place: placeOf(isFloating ? "float64" : "int64", size(shape)),
    scalarType: stated ? said : asItHasToBe,
  };
}

const OPTION = /weight tensor|ignore_index|label_smoothing|scalar type \w+ but found (?:Float|Double|Half|BFloat16)$/;
const SHAPES: readonly Rule[] = [
  "class-axis-last",
  "channels-last",
  "target-column",
  "one-hot-target",
  "float-target-single-sample",
  "batch-mismatch",
];

/** The findings, of which one has PyTorch's text. */
export function withError(findings: readonly Finding[], error: string | null): readonly Finding[] {
  if (error === null) return findings;
  const rules: readonly Rule[] = /not implemented for/.test(error)
    ? ["logits-dtype"]
    : /dtype to be Long|expected scalar type Long/.test(error)
      ? ["target-dtype"]
      : OPTION.test(error)
        ? ["option-mismatch"]
        : SHAPES;
  const owner =
    findings.find(({ id, severity }) => severity === "error" && rules.includes(id)) ??
    findings.find(({ severity }) => severity === "error");
  return findings.map((finding) => (finding === owner ? { ...finding, proof: { ...finding.proof, error } } : finding));
}
