import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Dtype, LossOptions, Tensor, TensorDtype } from "../../../web/src/api/index.ts";
import { celoss, errorOf, note } from "./core.ts";
import { cases, check, type Expected, floats, type LossCase, type Numbers, tensor, tolerance } from "./golden.ts";

type Name = "nllLoss" | "crossEntropy";

interface Result {
  loss?: number;
  losses?: Tensor;
  gradLogits?: Tensor;
  gradLogProbs?: Tensor;
}

/** Both functions, for arguments that are not known at compile time. */
const run = (name: Name, ...args: unknown[]) => (celoss[name] as (...args: unknown[]) => Result)(...args);

/** The loss or the losses, as golden files list them. */
const lossesOf = ({ loss, losses }: Result): ArrayLike<number> => losses?.data ?? [loss as number];

const gradOf = ({ gradLogits, gradLogProbs }: Result) => (gradLogits ?? gradLogProbs) as Tensor;

/** The shape of what there is one of per sample. */
const samplesShape = (shape: number[]) => (shape.length === 1 ? [] : shape.filter((_, dim) => dim !== 1));

/** A golden case as the arguments of a call; the gradient is wanted, and where it is to be written may be given. */
function argumentsOf(golden: LossCase, values: Numbers, gradient: unknown = true) {
  const { dtype, shape } = golden;
  const target = golden.probabilities
    ? tensor(golden.probabilities, golden)
    : { data: BigInt64Array.from(golden.target as number[], BigInt), shape: samplesShape(shape) };
  const gradOutput = golden.grad_output && {
    data: floats(golden.grad_output, dtype),
    shape: golden.reduction === "none" ? samplesShape(shape) : [],
  };
  const options = {
    reduction: golden.reduction,
    ignoreIndex: golden.ignore_index,
    gradient,
    ...(golden.weight && { weight: floats(golden.weight, dtype) }),
    ...(golden.label_smoothing !== undefined && { labelSmoothing: golden.label_smoothing }),
    ...(gradOutput && { gradOutput }),
  };
  return [tensor(values, golden), target, options] as const;
}

/** Puts a tensor into the module's memory. */
function resident({ data, shape }: { data: Tensor["data"] | BigInt64Array; shape: readonly number[] }) {
  const dtypes: Record<string, TensorDtype> = {
    Float32Array: "float32",
    Float64Array: "float64",
    BigInt64Array: "int64",
  };
  const tensor = celoss.tensor(shape, { dtype: dtypes[data.constructor.name] });
  (tensor.data as Float32Array).set(data as Float32Array);
  return tensor;
}

describe.each([
  ["crossEntropy", "cross_entropy.json", "logits", "grad_logits"],
  ["nllLoss", "nll_loss.json", "log_probs", "grad_log_probs"],
] as const)("%s", (name, file, input, grad) => {
  type GoldenCase = LossCase & Record<typeof input, Numbers> & Expected<"loss" | typeof grad>;
  const golden = cases<GoldenCase>(file);

  it.each(golden)("is exact, and PyTorch's for NaN and infinities: $name", (it) => {
    const result = run(name, ...argumentsOf(it, it[input]));
    check(lossesOf(result), it, "loss", tolerance[it.dtype].loss);
    check(gradOf(result).data, it, grad, tolerance[it.dtype].elements);
    expect(gradOf(result)).toMatchObject({ shape: it.shape, dtype: it.dtype });
    if (result.losses) expect(result.losses).toMatchObject({ shape: samplesShape(it.shape), dtype: it.dtype });
  });

  it("is the same wherever its arguments lie and its gradient goes", () => {
    for (const it of golden) {
      const [x, target, options] = argumentsOf(it, it[input]);
      const expected = run(name, x, target, options);
      const same = (result: Result) => {
        expect(lossesOf(result), it.name).toEqual(lossesOf(expected));
        expect(gradOf(result).data, it.name).toEqual(gradOf(expected).data);
      };
      const into = floats(it[input], it.dtype);
      const given = run(name, x, target, { ...options, gradient: into });
      expect(gradOf(given).data).toBe(into);
      same(given);

      const there = resident(x);
      const thatTarget = resident(target);
      const residentOptions = {
        ...options,
        ...(options.weight && { weight: resident({ data: options.weight, shape: [options.weight.length] }) }),
        ...(options.gradOutput && { gradOutput: resident(options.gradOutput) }),
      };
      same(run(name, there, thatTarget, residentOptions));
      // The gradient may take the place of the logits.
      const inPlace = run(name, there, thatTarget, { ...residentOptions, gradient: there });
      expect(gradOf(inPlace)).toBe(there);
      same(inPlace);
      if ("data" in target && target.data instanceof BigInt64Array) {
        const narrow = { data: Int32Array.from(target.data, Number), shape: target.shape };
        if (narrow.data.every((value, i) => BigInt(value) === (target.data as BigInt64Array)[i])) {
          same(run(name, x, narrow, options));
        }
      }
      for (const tensor of [there, thatTarget]) tensor.free();
    }
  });
});

describe("crossEntropy", () => {
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

  it("gives a class index what it gives the probabilities that say the same", () => {
    const oneHot = note.y.map((t) => [0, 1, 2].map((c) => (c === t ? 1 : 0)));
    for (const labelSmoothing of [0, 0.1, 1]) {
      for (const weight of [null, [0.5, 2, 1]]) {
        const options = { labelSmoothing, weight, reduction: "none", gradient: true } as const;
        const hard = celoss.crossEntropy(note.x, note.y, options);
        const soft = celoss.crossEntropy(note.x, oneHot, options);
        hard.losses.data.forEach((loss, n) => {
          expect(soft.losses.data[n]).toBeCloseTo(loss, 6);
        });
        hard.gradLogits.data.forEach((value, i) => {
          expect(soft.gradLogits.data[i]).toBeCloseTo(value, 6);
        });
      }
    }
  });

  it("takes nested arrays of any numbers as probabilities where they have the shape of the logits", () => {
    const flat = (nested: number[][][]) => Float32Array.from(nested.flat(2));
    const x = [
      [
        [1, 2],
        [0, 1],
      ],
    ];
    const q = [
      [
        [0.25, 1],
        [0.75, 0],
      ],
    ];
    expect(celoss.crossEntropy(x, q)).toEqual(
      celoss.crossEntropy({ data: flat(x), shape: [1, 2, 2] }, { data: flat(q), shape: [1, 2, 2] }),
    );
    expect(celoss.crossEntropy([2, 1, 0], [1, 0, 0]).loss).toBeCloseTo(0.4076, 4);
  });

  it("computes with float64 if logits, probabilities or weight are, as PyTorch does", () => {
    const as = (dtype: Dtype, values: number[]) => ({ data: floats(values, dtype), shape: [2, 2], dtype });
    const values = [0.1, 0.7, -1.3, 0.4];
    const q = [0.3, 0.7, 0.6, 0.4];
    const options = { reduction: "none", gradient: true } as const;
    const narrow = Array.from(Float32Array.from(values));
    const exact = celoss.crossEntropy(as("float64", narrow), as("float64", q), options);
    const wide = celoss.crossEntropy(as("float32", values), as("float64", q), options);
    expect(wide.losses).toEqual(exact.losses);
    expect(wide.gradLogits).toEqual({
      data: Float32Array.from(exact.gradLogits.data),
      shape: [2, 2],
      dtype: "float32",
    });
    const narrowTarget = celoss.crossEntropy(as("float64", values), as("float32", q), options);
    expect(narrowTarget.losses.dtype).toBe("float64");
    expect(narrowTarget.gradLogits.dtype).toBe("float64");
    const weight = Float64Array.of(1, 1);
    const weighted = celoss.crossEntropy(as("float32", values), as("float32", q), { ...options, weight });
    expect(weighted.losses.dtype).toBe("float64");
    const there = celoss.tensor([2, 2]);
    there.data.set(values);
    const inPlace = celoss.crossEntropy(there, as("float64", q), { ...options, gradient: there });
    expect(inPlace.gradLogits).toBe(there);
    expect([...there.data]).toEqual([...wide.gradLogits.data]);
  });

  it("takes integers as the weight of probabilities, as PyTorch does", () => {
    const q = { data: Float32Array.of(0.25, 0.75), shape: [1, 2] };
    const loss = (weight: unknown) => run("crossEntropy", [[1, 2]], q, { weight }).loss;
    const there = celoss.tensor([2], { dtype: "int64" });
    there.data.set([2n, 3n]);
    for (const weight of [Uint8Array.of(2, 3), BigInt64Array.of(2n, 3n), there])
      expect(loss(weight)).toBe(loss([2, 3]));
  });
});

describe.each(["nllLoss", "crossEntropy"] as const)("%s", (name) => {
  const call = (target: unknown, options?: unknown, x: unknown = note.x) => run(name, x, target, options);
  const messageOf = (target: unknown, options?: unknown, x?: unknown) =>
    errorOf(() => call(target, options, x)).message;
  const gradient = name === "nllLoss" ? "gradLogProbs" : "gradLogits";

  it("gives a loss, or losses, and a gradient only if asked", () => {
    expect(Object.keys(call(note.y))).toEqual(["loss"]);
    expect(Object.keys(call(note.y, { reduction: "sum", gradient: false }))).toEqual(["loss"]);
    expect(Object.keys(call(note.y, { reduction: "none" }))).toEqual(["losses"]);
    expect(Object.keys(call(note.y, { reduction: "none", gradient: true }))).toEqual(["losses", gradient]);
  });

  it("takes every option at PyTorch's default, and options that are undefined or none", () => {
    const expected = call(note.y);
    const defaults = {
      reduction: "mean",
      weight: null,
      ignoreIndex: -100,
      gradient: false,
      gradOutput: null,
      ...(name === "crossEntropy" && { labelSmoothing: 0 }),
    };
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

  it("takes one sample, its target a number, and gives its losses the shape []", () => {
    const batch = call([1], { gradient: true }, [[1, 2, 4]]);
    for (const target of [1, 1n, { data: Int32Array.of(1), shape: [] }]) {
      expect(call(target, { gradient: true }, [1, 2, 4])).toEqual({
        loss: batch.loss,
        [gradient]: { ...gradOf(batch), shape: [3] },
      });
      expect(call(target, { reduction: "none" }, [1, 2, 4]).losses).toMatchObject({ shape: [] });
    }
  });

  it("takes a weight in any kind of array, of the dtype of the logits", () => {
    const expected = call(note.y, { weight: [0.5, 2, 1] });
    expect(expected).not.toEqual(call(note.y));
    const data = Float32Array.of(0.5, 2, 1);
    for (const weight of [data, { data, shape: [3] }, resident({ data, shape: [3] })]) {
      expect(call(note.y, { weight })).toEqual(expected);
    }
    const x = { data: Float64Array.from(note.x.flat()), shape: [3, 3] };
    expect(call(note.y, { weight: [0.1, 0.2, 0.3] }, x)).toEqual(
      call(note.y, { weight: Float64Array.of(0.1, 0.2, 0.3) }, x),
    );
    expect(messageOf(note.y, { weight: Float32Array.of(1, 1, 1) }, x)).toBe(
      "expected scalar type Double but found Float",
    );
  });

  it.each([-100, 1, 255, -1n, 2 ** 32, -(2 ** 32), 2 ** 53, -(2 ** 53), 2n ** 63n - 1n, -(2n ** 63n)])(
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
    const many = { data: new Float32Array(0), shape: [0, 3, 2 ** 30, 2 ** 30, 2 ** 30] };
    const target = { data: new Int32Array(0), shape: [0, 2 ** 30, 2 ** 30, 2 ** 30] };
    expect(call(target, {}, many)).toEqual({ loss: NaN });
  });

  it("has no class to be right without classes", () => {
    expect(messageOf([0, 0], {}, [[], []])).toBe("Target 0 is out of bounds.");
    expect(call([-100, -100], {}, [[], []])).toEqual({ loss: NaN });
    const wide = { data: new Float32Array(0), shape: [2, 0, 3] };
    const ignored = { data: new Int32Array(6).fill(-100), shape: [2, 3] };
    expect(call(ignored, { reduction: "none" }, wide).losses).toMatchObject({ shape: [2, 3] });
  });

  it("multiplies the gradient by the upstream gradient", () => {
    const times = (data: Tensor["data"], factors: number[]) =>
      Array.from(data, (g, i) => g * (factors[i] as number) + 0);
    const ones = new Array(9).fill(1);
    const once = gradOf(call(note.y, { gradient: true })).data;
    const integer = { data: BigInt64Array.of(-4n), shape: [] };
    for (const gradOutput of [
      -4,
      integer,
      { data: Float64Array.of(-4), shape: [] },
      { data: Float32Array.of(-4), shape: [] },
    ]) {
      const { data } = gradOf(call(note.y, { gradient: true, gradOutput }));
      expect(times(data, ones)).toEqual(times(once, new Array(9).fill(-4)));
    }
    const perSample = gradOf(call(note.y, { gradient: true, reduction: "none" })).data;
    for (const gradOutput of [[2, 0.5, -1], Float32Array.of(2, 0.5, -1), Float64Array.of(2, 0.5, -1)]) {
      const { data } = gradOf(call(note.y, { gradient: true, reduction: "none", gradOutput }));
      expect(times(data, ones)).toEqual(times(perSample, [2, 2, 2, 0.5, 0.5, 0.5, -1, -1, -1]));
    }
  });

  it("writes the gradient into what it is given, and nothing else there", () => {
    const expected = gradOf(call(note.y, { gradient: true }));
    const buffer = new Float32Array(11).fill(7);
    const into = buffer.subarray(1, 10);
    expect(gradOf(call(note.y, { gradient: into }))).toEqual(expected);
    expect([...buffer]).toEqual([7, ...expected.data, 7]);
    for (const data of [new Float32Array(9), new Float32Array(new SharedArrayBuffer(36))]) {
      expect(gradOf(call(note.y, { gradient: { data, shape: [3, 3] } })).data).toBe(data);
      expect([...data]).toEqual([...expected.data]);
    }
    const x = celoss.tensor([3, 3]);
    expect(gradOf(call(note.y, { gradient: x }))).toBe(x);
    expect([...x.data]).toEqual([...expected.data]);
    x.data.fill(0);
    expect(gradOf(call(note.y, { gradient: x.data }))).toEqual({ ...expected, data: x.data });
    const data = Float32Array.from(note.x.flat());
    expect(gradOf(call(note.y, { gradient: data }, { data, shape: [3, 3] }))).toEqual(expected);
    expect(data).toEqual(expected.data);
  });

  it("writes nothing if it refuses", () => {
    const into = new Float32Array(9).fill(7);
    const there = celoss.tensor([3, 3]);
    there.data.fill(7);
    for (const gradient of [into, there]) {
      expect(messageOf([0, 1, 3], { gradient })).toBe("Target 3 is out of bounds.");
    }
    expect([...into, ...there.data]).toEqual(new Array(18).fill(7));
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
    expect(messageOf(Uint32Array.of(0, 1, 2 ** 32 - 1))).toBe("Target 4294967295 is out of bounds.");
    expect(messageOf(Int32Array.of(0, 1, -1))).toBe("Target -1 is out of bounds.");
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
    for (const scalar of [0, { data: Int32Array.of(0), shape: [] }]) {
      expect(messageOf(scalar)).toBe("Expected input batch_size (3) to match target batch_size (0).");
      expect(messageOf(scalar, {}, [[1, 2]])).toBe("Expected input batch_size (1) to match target batch_size (0).");
    }
    const none = { data: new Float32Array(0), shape: [0, 3] };
    expect(messageOf(0, {}, none)).toBe("size mismatch (got input: [0, 3], target: [])");
  });

  it("takes no targets but integers", () => {
    const message = "expected target dtype to be Long or Byte, but got";
    expect(messageOf([0, 1.5, 1])).toBe(`${message} Float`);
    expect(messageOf([0, NaN, Infinity])).toBe(`${message} Float`);
    expect(messageOf(Float32Array.of(0, 1, 1))).toBe(`${message} Float`);
    expect(messageOf(Float64Array.of(0, 1, 1))).toBe(`${message} Double`);
    expect(messageOf(1.5, {}, [1, 2, 3])).toBe(`${message} Float`);
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
    ['target: expected nested arrays or { data, shape }, got the string "011"', "011"],
    ["target.shape: expected an array of sizes, got undefined", {}],
    ["target.data: expected a typed array, got an array", { data: [0, 1, 1], shape: [3] }],
    ["target: shape '[2]' is invalid for input of size 3", { data: Int32Array.of(0, 1, 1), shape: [2] }],
    ["target[1]: expected an integer, got true", [0, true, 1]],
    ['target[2]: expected an integer, got the string "1"', [0, 1, "1"]],
  ])("says: %s", (message, target) => {
    expect(messageOf(target)).toBe(message);
  });

  const small = { data: new Float32Array(4), shape: [2, 2] };

  it.each<[string, unknown]>([
    ["avg is not a valid value for reduction", { reduction: "avg" }],
    ["null is not a valid value for reduction", { reduction: null }],
    ["ignoreIndex: expected a 64-bit integer, got the number 0.5", { ignoreIndex: 0.5 }],
    ["ignoreIndex: expected a 64-bit integer, got the number 9223372036854776000", { ignoreIndex: 2 ** 63 }],
    ["ignoreIndex: expected a 64-bit integer, got the bigint 9223372036854775808", { ignoreIndex: 2n ** 63n }],
    ["ignoreIndex: expected a 64-bit integer, got null", { ignoreIndex: null }],
    ["weight: expected nested arrays or { data, shape }, got true", { weight: true }],
    ["weight[1]: expected a number, got null", { weight: [1, null, 1] }],
    [
      "weight tensor should be defined either for all 3 classes or no classes but got weight tensor of shape: [2]",
      { weight: [1, 2] },
    ],
    ["gradient: expected true, false, a typed array or a tensor, got the number 1", { gradient: 1 }],
    ["gradient: expected true, false, a typed array or a tensor, got null", { gradient: null }],
    ["gradient: expected true, false, a typed array or a tensor, got an array", { gradient: new Array(9) }],
    ["gradient: expected the shape [3, 3], got [4]", { gradient: new Float32Array(4) }],
    ["gradient: expected the shape [3, 3], got [2, 2]", { gradient: small }],
    ["gradient: expected the shape [3, 3], got [9]", { gradient: { data: new Float32Array(9), shape: [9] } }],
    ["expected scalar type Float but found Double", { gradient: new Float64Array(9) }],
    ["expected scalar type Float but found Int", { gradient: new Int32Array(9) }],
    ["gradOutput: without gradient there is nothing to multiply", { gradOutput: 2 }],
    ["gradOutput: expected nested arrays or { data, shape }, got true", { gradient: true, gradOutput: true }],
    [
      "Mismatch in shape: grad_output[0] has a shape of torch.Size([3]) and output[0] has a shape of torch.Size([]).",
      { gradient: true, gradOutput: [1, 1, 1] },
    ],
    [
      "Mismatch in shape: grad_output[0] has a shape of torch.Size([]) and output[0] has a shape of torch.Size([3]).",
      { gradient: true, gradOutput: 1, reduction: "none" },
    ],
    ["options: expected an object, got an array", []],
    ['options: expected an object, got the string "mean"', "mean"],
  ])("says: %s", (message, options) => {
    expect(messageOf(note.y, options as LossOptions)).toBe(message);
  });
});

describe("the options", () => {
  it("of crossEntropy are those of nllLoss and labelSmoothing", () => {
    const messageOf = (name: Name) => errorOf(() => run(name, note.x, note.y, { ignore_index: 1 })).message;
    const names = "reduction, weight, ignoreIndex, gradient, gradOutput";
    expect(messageOf("nllLoss")).toBe(`unknown option "ignore_index"; the options are ${names}`);
    expect(messageOf("crossEntropy")).toBe(`unknown option "ignore_index"; the options are ${names}, labelSmoothing`);
    expect(errorOf(() => run("nllLoss", note.x, note.y, { labelSmoothing: 0 })).details.argument).toBe(
      "labelSmoothing",
    );
  });

  it.each([
    [1.5, "1.5"],
    [2, "2"],
    [1.0000001, "1"],
    [-0.1, "-0.1"],
    [NaN, "nan"],
    [Infinity, "inf"],
    [-Infinity, "-inf"],
  ])("labelSmoothing %s is not between 0 and 1, negative numbers and NaN neither", (labelSmoothing, got) => {
    for (const target of [note.y, note.x]) {
      const error = errorOf(() => celoss.crossEntropy(note.x, target, { labelSmoothing }));
      expect(error.code).toBe("label_smoothing_out_of_range");
      expect(error.message).toBe(`label_smoothing must be between 0.0 and 1.0. Got: ${got}`);
      expect(error.details).toEqual({ argument: "labelSmoothing", got: labelSmoothing });
    }
  });

  it("labelSmoothing is a number", () => {
    expect(errorOf(() => run("crossEntropy", note.x, note.y, { labelSmoothing: true })).message).toBe(
      "labelSmoothing: expected a number, got true",
    );
  });
});

describe("class probabilities", () => {
  const oneHot = [1, 0, 0, 0, 1, 0, 0, 1, 0];

  it.each([
    [Int8Array, "Char"],
    [Uint8Array, "Byte"],
    [Int16Array, "Short"],
    [Uint16Array, "UInt16"],
    [Int32Array, "Int"],
    [Uint32Array, "UInt32"],
  ])("must be floating point, as in PyTorch: %o", (IntegerArray, found) => {
    const target = { data: IntegerArray.from(oneHot), shape: [3, 3] };
    expect(errorOf(() => celoss.crossEntropy(note.x, target)).message).toBe(
      `Expected floating point type for target with class probabilities, got ${found}`,
    );
  });

  it("must be numbers", () => {
    const bigints = [
      [1n, 0n, 0n],
      [0n, 1n, 0n],
      [0n, 1n, 0n],
    ];
    expect(errorOf(() => celoss.crossEntropy(note.x, bigints)).message).toBe(
      "Expected floating point type for target with class probabilities, got Long",
    );
    expect(errorOf(() => run("crossEntropy", [[1, 2]], [[0.5, "0.5"]])).message).toBe(
      'target[0][1]: expected a number, got the string "0.5"',
    );
  });

  it("have no class to ignore, and a code for it", () => {
    const error = errorOf(() => celoss.crossEntropy(note.x, note.x, { ignoreIndex: 0 }));
    expect(error.code).toBe("ignore_index_with_probabilities");
    expect(error.details).toEqual({ argument: "ignoreIndex", got: 0 });
  });

  it("are nothing that nllLoss knows", () => {
    expect(errorOf(() => celoss.nllLoss(note.x, note.x as never)).message).toBe(
      "0D or 1D target tensor expected, multi-target not supported",
    );
  });
});
