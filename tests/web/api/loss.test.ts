import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LossOptions, Tensor } from "../../../web/src/api/index.ts";
import { celoss, errorOf, note } from "./core.ts";
import { cases, check, type LossCase, type Numbers, tensor, tolerance } from "./golden.ts";

interface CrossEntropyCase extends LossCase {
  logits: Numbers;
  torch: Record<"loss" | "grad_logits", Numbers>;
  exact: Record<"loss" | "grad_logits", Numbers>;
}

interface NllLossCase extends LossCase {
  log_probs: Numbers;
  torch: Record<"loss" | "grad_log_probs", Numbers>;
  exact: Record<"loss" | "grad_log_probs", Numbers>;
}

/** The loss or the losses, as golden files list them. */
function lossesOf(result: { loss: number } | { losses: Tensor }): ArrayLike<number> {
  return "losses" in result ? result.losses.data : [result.loss];
}

const twoDimensional = ({ shape }: LossCase) => shape.length === 2;
const optionsOf = ({ reduction, ignore_index }: LossCase) => ({
  reduction,
  ignoreIndex: ignore_index,
  gradient: true as const,
});

describe("crossEntropy", () => {
  const golden = cases<CrossEntropyCase>("cross_entropy.json");

  it.each(golden.filter(twoDimensional))("is exact, and PyTorch's for NaN and infinities: $name", (it) => {
    const logits = tensor(it.logits, it);
    const most = tolerance(logits);
    const result = celoss.crossEntropy(logits, it.target, optionsOf(it));
    check(lossesOf(result), it.exact.loss, it.torch.loss, it.dtype, most.loss);
    check(result.gradLogits.data, it.exact.grad_logits, it.torch.grad_logits, it.dtype, most.elements);
    expect(result.gradLogits.shape).toEqual(it.shape);
    expect(result.gradLogits.dtype).toBe(it.dtype);
  });

  it.each(golden.filter((it) => !twoDimensional(it)))("says that it does not take other shapes yet: $name", (it) => {
    const error = errorOf(() => celoss.crossEntropy(tensor(it.logits, it), it.target));
    expect(error.code).toBe("not_supported");
    expect(error.message).toBe(
      `logits of shape [${it.shape.join(", ")}]: other shapes than (N, C) are not yet supported`,
    );
  });

  it("is 1.0646 for the note's example", () => {
    expect(celoss.crossEntropy(note.x, note.y).loss.toFixed(4)).toBe("1.0646");
  });

  it("is nllLoss of logSoftmax", () => {
    const x = fc.array(fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 3, maxLength: 3 }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(x, fc.constantFrom("none", "mean", "sum"), fc.nat(), (x, reduction, seed) => {
        const target = x.map((_, n) => (seed + n) % 3);
        const options = { reduction } as const;
        const whole = lossesOf(celoss.crossEntropy(x, target, options));
        const twoSteps = lossesOf(celoss.nllLoss(celoss.logSoftmax(x), target, options));
        expect(whole.length).toBe(reduction === "none" ? x.length : 1);
        Array.from(whole).forEach((loss, i) => {
          expect(Math.abs(loss - (twoSteps[i] as number))).toBeLessThanOrEqual(1e-6 * Math.max(1, loss));
        });
      }),
    );
  });

  it("reduces the same losses in all three ways, and leaves out what is ignored", () => {
    const x = fc.array(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 4, maxLength: 4 }), { minLength: 1 });
    fc.assert(
      fc.property(x, fc.array(fc.constantFrom(0, 1, 2, 3, -100), { minLength: 1 }), (x, classes) => {
        const target = x.map((_, n) => classes[n % classes.length] as number);
        const logits = { data: Float64Array.from(x.flat()), shape: [x.length, 4] };
        const losses = [...celoss.crossEntropy(logits, target, { reduction: "none" }).losses.data];
        const counted = target.filter((t) => t !== -100).length;
        const total = losses.reduce((a, b) => a + b, 0);
        target.forEach((t, n) => {
          if (t === -100) expect(losses[n]).toBe(0);
        });
        expect(celoss.crossEntropy(logits, target, { reduction: "sum" }).loss).toBeCloseTo(total, 9);
        const mean = celoss.crossEntropy(logits, target).loss;
        if (counted === 0) expect(mean).toBeNaN();
        else expect(mean).toBeCloseTo(total / counted, 9);
      }),
    );
  });
});

describe("nllLoss", () => {
  const golden = cases<NllLossCase>("nll_loss.json");

  it.each(golden.filter(twoDimensional))("is exact, and PyTorch's for NaN and infinities: $name", (it) => {
    const logProbs = tensor(it.log_probs, it);
    const most = tolerance(logProbs);
    const result = celoss.nllLoss(logProbs, it.target, optionsOf(it));
    check(lossesOf(result), it.exact.loss, it.torch.loss, it.dtype, most.loss);
    check(result.gradLogProbs.data, it.exact.grad_log_probs, it.torch.grad_log_probs, it.dtype, most.elements);
  });

  it("names its input logProbs", () => {
    expect(errorOf(() => celoss.nllLoss([1], [0])).message).toMatch(/^logProbs of shape \[1\]/);
  });
});

describe.each(["nllLoss", "crossEntropy"] as const)("%s", (name) => {
  const call = (target: unknown, options?: unknown, x: unknown = note.x) =>
    (celoss[name] as (...args: unknown[]) => object)(x, target, options);
  const messageOf = (target: unknown, options?: unknown, x?: unknown) =>
    errorOf(() => call(target, options, x)).message;

  it("gives a loss, or losses, and a gradient only if asked", () => {
    const gradient = name === "nllLoss" ? "gradLogProbs" : "gradLogits";
    expect(Object.keys(call(note.y))).toEqual(["loss"]);
    expect(Object.keys(call(note.y, { reduction: "sum", gradient: false }))).toEqual(["loss"]);
    expect(Object.keys(call(note.y, { reduction: "none" }))).toEqual(["losses"]);
    expect(Object.keys(call(note.y, { reduction: "none", gradient: true }))).toEqual(["losses", gradient]);
  });

  it("takes every option at PyTorch's default, and options that are undefined or none", () => {
    const expected = call(note.y);
    const defaults = { reduction: "mean", weight: null, ignoreIndex: -100, labelSmoothing: 0, gradient: false };
    const undefineds = Object.fromEntries(Object.keys(defaults).map((option) => [option, undefined]));
    for (const options of [defaults, undefineds, {}, null, undefined]) expect(call(note.y, options)).toEqual(expected);
  });

  it.each([Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array])(
    "takes targets as %o",
    (IntegerArray) => {
      const target = IntegerArray.from(note.y);
      expect(call(target)).toEqual(call(note.y));
      expect(call({ data: target, shape: [3] })).toEqual(call(note.y));
    },
  );

  it("takes targets as 64-bit integers and as bigints", () => {
    for (const target of [BigInt64Array.of(0n, 1n, 1n), BigUint64Array.of(0n, 1n, 1n), [0n, 1, 1n]]) {
      expect(call(target)).toEqual(call(note.y));
    }
  });

  it.each([-100, 1, 255, -1n, 2 ** 53, 2n ** 63n - 1n, -(2n ** 63n)])(
    "leaves out targets of ignoreIndex %s",
    (ignoreIndex) => {
      const target = [0, BigInt(ignoreIndex), 2];
      const kept = [note.x[0], note.x[2]];
      expect(call(target, { ignoreIndex })).toEqual(call([0, 2], {}, kept));
    },
  );

  it("has the mean NaN, the sum 0 and no losses of no samples", () => {
    const none = { data: new Float32Array(0), shape: [0, 3] };
    expect(call([], {}, none)).toEqual({ loss: NaN });
    expect(call([], { reduction: "sum" }, none)).toEqual({ loss: 0 });
    expect(call([], { reduction: "none" }, none)).toEqual({
      losses: { data: new Float32Array(0), shape: [0], dtype: "float32" },
    });
    expect(call([-100, -100, -100])).toEqual({ loss: NaN });
  });

  it("has no class to be right without classes", () => {
    expect(messageOf([0, 0], {}, [[], []])).toBe("Target 0 is out of bounds.");
    expect(call([-100, -100], {}, [[], []])).toEqual({ loss: NaN });
  });

  it("says in PyTorch's words which target is out of bounds, and where", () => {
    const error = errorOf(() => call([0, 3, 1]));
    expect(error.code).toBe("target_out_of_bounds");
    expect(error.message).toBe("Target 3 is out of bounds.");
    expect(error.details).toEqual({ argument: "target", got: 3, expected: 3, index: 1 });
    expect(messageOf([0, -1, 1])).toBe("Target -1 is out of bounds.");
    expect(messageOf([0, 1, -100], { ignoreIndex: -1 })).toBe("Target -100 is out of bounds.");
  });

  it("does not wrap targets beyond 64 bits, nor lose their digits", () => {
    const huge = errorOf(() => call(BigUint64Array.of(0n, 2n ** 64n - 1n, 0n)));
    expect(huge.code).toBe("target_out_of_bounds");
    expect(huge.message).toBe("Target 18446744073709551615 is out of bounds.");
    expect(huge.details).toEqual({ argument: "target", got: 2n ** 64n - 1n, index: 1 });
    expect(messageOf([0, 1, 2n ** 64n])).toBe("Target 18446744073709551616 is out of bounds.");
    expect(messageOf([0, 1, 1e20])).toBe("Target 100000000000000000000 is out of bounds.");
    expect(messageOf([0, 1, 2n ** 63n - 1n])).toBe("Target 9223372036854775807 is out of bounds.");
    expect(messageOf([0, 1, -(2n ** 63n)])).toBe("Target -9223372036854775808 is out of bounds.");
    expect(messageOf([0, 1, 2 ** 32])).toBe("Target 4294967296 is out of bounds.");
  });

  it("needs as many targets as samples", () => {
    const error = errorOf(() => call([0, 1]));
    expect(error.code).toBe("batch_size_mismatch");
    expect(error.message).toBe("Expected input batch_size (3) to match target batch_size (2).");
    expect(error.details).toEqual({ argument: "target", got: 2, expected: 3 });
    expect(messageOf([])).toBe("Expected input batch_size (3) to match target batch_size (0).");
    expect(
      messageOf([
        [0, 1],
        [1, 0],
      ]),
    ).toBe("Expected input batch_size (3) to match target batch_size (2).");
    expect(messageOf(Float32Array.of(0.5))).toBe("Expected input batch_size (3) to match target batch_size (1).");
    expect(messageOf({ data: Int32Array.of(0), shape: [] })).toBe(
      "Expected input batch_size (3) to match target batch_size (0).",
    );
    expect(messageOf({ data: Int32Array.of(0), shape: [] }, {}, [[1, 2]])).toBe(
      "Expected input batch_size (1) to match target batch_size (0).",
    );
  });

  it("takes no targets but integers", () => {
    expect(messageOf([0, 1.5, 1])).toBe("expected scalar type Long but found Float");
    expect(messageOf([0, NaN, Infinity])).toBe("expected scalar type Long but found Float");
    expect(messageOf(Float32Array.of(0, 1, 1))).toBe("expected scalar type Long but found Float");
    expect(messageOf(Float64Array.of(0, 1, 1))).toBe("expected scalar type Long but found Double");
  });

  it("takes one target per sample", () => {
    expect(messageOf([[0], [1], [1]])).toBe("0D or 1D target tensor expected, multi-target not supported");
    expect(messageOf({ data: new Int32Array(6), shape: [3, 2] })).toBe(
      "0D or 1D target tensor expected, multi-target not supported",
    );
  });

  it.each([
    ["target: expected nested arrays or { data, shape }, got null", null],
    ["target: expected nested arrays or { data, shape }, got undefined", undefined],
    ["target: expected nested arrays or { data, shape }, got the number 1", 1],
    ['target: expected nested arrays or { data, shape }, got the string "011"', "011"],
    ["target.shape: expected an array of sizes, got undefined", {}],
    ["target.data: expected a typed array of integers, got an array", { data: [0, 1, 1], shape: [3] }],
    ["target: shape '[2]' is invalid for input of size 3", { data: Int32Array.of(0, 1, 1), shape: [2] }],
    ["target[1]: expected an integer, got true", [0, true, 1]],
    ['target[2]: expected an integer, got the string "1"', [0, 1, "1"]],
  ])("says: %s", (message, target) => {
    expect(messageOf(target)).toBe(message);
  });

  it("says of a weight and of label smoothing that they are not there yet", () => {
    for (const weight of [[1, 1, 1], Float32Array.of(1, 2, 3), [], 1]) {
      const error = errorOf(() => call(note.y, { weight }));
      expect([error.code, error.message, error.details.argument]).toEqual([
        "not_supported",
        "weight is not yet supported",
        "weight",
      ]);
    }
    const error = errorOf(() => call(note.y, { labelSmoothing: 0.1 }));
    expect(error.code).toBe("not_supported");
    expect(error.message).toBe("labelSmoothing is not yet supported");
  });

  it.each<[string, unknown]>([
    ["avg is not a valid value for reduction", { reduction: "avg" }],
    ["null is not a valid value for reduction", { reduction: null }],
    ["label_smoothing must be between 0.0 and 1.0. Got: 1.5", { labelSmoothing: 1.5 }],
    ["label_smoothing must be between 0.0 and 1.0. Got: NaN", { labelSmoothing: NaN }],
    ["labelSmoothing: expected a number, got true", { labelSmoothing: true }],
    ["ignoreIndex: expected a 64-bit integer, got the number 0.5", { ignoreIndex: 0.5 }],
    ["ignoreIndex: expected a 64-bit integer, got the number 9223372036854776000", { ignoreIndex: 2 ** 63 }],
    ["ignoreIndex: expected a 64-bit integer, got the bigint 9223372036854775808", { ignoreIndex: 2n ** 63n }],
    ["ignoreIndex: expected a 64-bit integer, got null", { ignoreIndex: null }],
    ["gradient: expected true or false, got the number 1", { gradient: 1 }],
    [
      'unknown option "ignore_index"; the options are reduction, weight, ignoreIndex, labelSmoothing, gradient',
      { ignore_index: 1 },
    ],
    ["options: expected an object, got an array", []],
    ['options: expected an object, got the string "mean"', "mean"],
  ])("says: %s", (message, options) => {
    expect(errorOf(() => call(note.y, options as LossOptions)).message).toBe(message);
  });
});

describe("class probabilities", () => {
  const probabilities = [
    [0.5, 0.5, 0],
    [0, 1, 0],
    [0.25, 0.25, 0.5],
  ];

  it.each([[probabilities], [{ data: Float32Array.from(probabilities.flat()), shape: [3, 3] }]])(
    "are not yet supported by crossEntropy (%#)",
    (target) => {
      const error = errorOf(() => celoss.crossEntropy(note.x, target as never));
      expect(error.code).toBe("not_supported");
      expect(error.message).toBe("class probabilities as target are not yet supported");
    },
  );

  it("must be floating point, as in PyTorch", () => {
    const oneHot = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
    ];
    expect(errorOf(() => celoss.crossEntropy(note.x, oneHot as never)).message).toBe(
      "Expected floating point type for target with class probabilities, got Long",
    );
  });

  it("are nothing that nllLoss knows", () => {
    expect(errorOf(() => celoss.nllLoss(note.x, probabilities as never)).message).toBe(
      "0D or 1D target tensor expected, multi-target not supported",
    );
  });
});
