import { describe, expect, it } from "vitest";
import { celoss, errorOf, note } from "./core.ts";
import { currentCases, given } from "./golden.ts";

const messageOf = (x: unknown) => errorOf(() => celoss.softmax(x as never)).message;

function detached(): Float32Array {
  const data = new Float32Array(6);
  structuredClone(data.buffer, { transfer: [data.buffer] });
  return data;
}

const shortWeight = (shape: number[]) =>
  `weight tensor should be defined either for all 3 classes or no classes but got weight tensor of shape: [${shape}]`;

describe("logits", () => {
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);

  it.each<[string, unknown]>([
    [
      "expected sequence of length 3 at dim 1 (got 2)",
      [
        [1, 2, 3],
        [1, 2],
      ],
    ],
    ["expected sequence of length 0 at dim 1 (got 1)", [[], [1]]],
    ["expected sequence of length 2 at dim 2 (got 1)", [[[1, 2]], [[1]]]],
    ["x[1]: expected a sequence of length 2, got the number 3", [[1, 2], 3]],
    ["x[1]: expected a number, got an array", [1, [2]]],
    ["x[0][1]: expected a number, got null", [[1, null]]],
    ["x[1][0]: expected a number, got undefined", [[1], [undefined]]],
    // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
    ["x[0][1]: expected a number, got undefined", [[1, , 3]]],
    ['x[0][0]: expected a number, got the string "1"', [["1"]]],
    [`x[0][0]: expected a number, got the string "${"a".repeat(40)}…"`, [["a".repeat(50)]]],
    ["x[0][0]: expected a number, got true", [[true]]],
    ["x[0][0]: expected a number, got the bigint 1", [[1n]]],
    ["x[0][0]: expected a number, got a symbol", [[Symbol("1")]]],
    ["x[0][0]: expected a number, got a function", [[() => 1]]],
    ["x[0][0]: expected a number, got an object", [[{}]]],
    ["x[1]: expected a sequence of length 2, got Float64Array", [[[1], [2]], Float64Array.of(1, 2)]],
    ["x[1]: expected a number, got Float32Array", [1, Float32Array.of(2)]],
    ["expected sequence of length 2 at dim 1 (got 3)", [Float32Array.of(1, 2), Float32Array.of(1, 2, 3)]],
    ["x[1]: expected a Float32Array or a Float64Array, got Int32Array", [[1, 2], Int32Array.of(1, 2)]],
    ["x[0]: its ArrayBuffer is detached (it was transferred elsewhere)", [detached(), [1, 2]]],
    ["x: more than 64 dimensions", cyclic],
    ["x: expected nested arrays or { data, shape }, got null", null],
    ["x: expected nested arrays or { data, shape }, got undefined", undefined],
    ["x: expected nested arrays or { data, shape }, got the number 1", 1],
    ["x: expected nested arrays or { data, shape }, got Float32Array", Float32Array.of(1, 2)],
    ["x.shape: expected an array of sizes, got undefined", { data: Float32Array.of(1) }],
    ["x.shape: expected an array of sizes, got Int32Array", { data: Float32Array.of(1), shape: Int32Array.of(1, 1) }],
    ["x.data: expected a Float32Array or a Float64Array, got undefined", { shape: [1, 1] }],
    ["x.data: expected a Float32Array or a Float64Array, got an array", { data: [1], shape: [1, 1] }],
    [`"softmax_lastdim_kernel_impl" not implemented for 'Int'`, { data: Int32Array.of(1), shape: [1, 1] }],
    [
      'x: what the bits of a Uint16Array mean, its dtype has to say: "float16" or "bfloat16"',
      { data: Uint16Array.of(1), shape: [1, 1] },
    ],
    [
      'x.dtype: expected "float16", "bfloat16" or "uint16" for its data, got the string "float32"',
      { data: Uint16Array.of(1), shape: [1, 1], dtype: "float32" },
    ],
    [
      'x.dtype: expected "float32" for its data, got the string "float16"',
      { data: Float32Array.of(1), shape: [1, 1], dtype: "float16" },
    ],
    ['x.dtype: expected "float64" for its data, got null', { data: Float64Array.of(1), shape: [1, 1], dtype: null }],
    [
      "x.data: expected a Float32Array or a Float64Array, got an object",
      { data: new DataView(new ArrayBuffer(4)), shape: [1, 1] },
    ],
    ["x: shape '[2, 3]' is invalid for input of size 5", { data: new Float32Array(5), shape: [2, 3] }],
    ["x: shape '[0, 3]' is invalid for input of size 5", { data: new Float32Array(5), shape: [0, 3] }],
    [
      "x: shape '[1073741824, 1073741824]' is invalid for input of size 0",
      { data: new Float32Array(0), shape: [2 ** 30, 2 ** 30] },
    ],
    [
      "x.shape: Trying to create tensor with negative dimension -2: [-2, -3]",
      { data: new Float32Array(6), shape: [-2, -3] },
    ],
    [
      "x.shape[1]: expected an integer from 0 to 1073741824, got the number 1.5",
      { data: new Float32Array(3), shape: [2, 1.5] },
    ],
    [
      "x.shape[0]: expected an integer from 0 to 1073741824, got the number NaN",
      { data: new Float32Array(3), shape: [NaN, 3] },
    ],
    [
      "x.shape[0]: expected an integer from 0 to 1073741824, got the number 9007199254740992",
      { data: new Float32Array(0), shape: [2 ** 53, 0] },
    ],
    [
      'x.shape[0]: expected an integer from 0 to 1073741824, got the string "2"',
      { data: new Float32Array(6), shape: ["2", 3] },
    ],
    ["x.shape[0]: expected an integer from 0 to 1073741824, got the number 4294967295", new Array(2 ** 32 - 1)],
    ["x: its ArrayBuffer is detached (it was transferred elsewhere)", { data: detached(), shape: [2, 3] }],
  ])("are refused: %s", (message, x) => {
    expect(messageOf(x)).toBe(message);
  });

  it("are refused with details", () => {
    expect(errorOf(() => celoss.softmax({ data: new Float32Array(5), shape: [2, 3] }))).toMatchObject({
      code: "size_mismatch",
      details: { argument: "x", got: 5, expected: 6 },
    });
    expect(errorOf(() => celoss.softmax([[1, 2], [3]]))).toMatchObject({
      code: "invalid_argument",
      details: { argument: "x[1]", got: 1, expected: 2 },
    });
  });

  it("are refused where they would not fit into memory", () => {
    const row = new Array(2 ** 20).fill(0);
    const error = errorOf(() => celoss.softmax(new Array(2 ** 20).fill(row)));
    expect(error.code).toBe("out_of_memory");
    expect(error.message).toBe(`can't allocate memory: you tried to allocate ${2 ** 42} bytes`);
  });

  it("may come from another window, where arrays are of other classes", async () => {
    const { runInNewContext } = await import("node:vm");
    const x = runInNewContext("({ data: Float64Array.of(1, 2), shape: [1, 2] })");
    expect(celoss.softmax(x)).toEqual(celoss.softmax({ data: Float64Array.of(1, 2), shape: [1, 2] }));
    expect(celoss.softmax(runInNewContext("[[1, 2]]"))).toEqual(celoss.softmax([[1, 2]]));
  });

  it("may be part of a larger buffer, also a shared one", () => {
    const buffer = new SharedArrayBuffer(40);
    const data = new Float64Array(buffer, 8, 4);
    data.set([1, 2, 3, 4]);
    expect(celoss.softmax({ data, shape: [2, 2] })).toEqual(
      celoss.softmax({ data: Float64Array.of(1, 2, 3, 4), shape: [2, 2] }),
    );
  });
});

describe("rows that are typed arrays", () => {
  const flat = (values: number[]) => ({ data: Float32Array.from(values), shape: [2, 2] });

  it("are float32, alone and among others", () => {
    const expected = celoss.softmax(flat([1, 0.1, -2, 3]));
    expect(celoss.softmax([Float32Array.of(1, 0.1), Float32Array.of(-2, 3)])).toEqual(expected);
    expect(celoss.softmax([[1, 0.1], Float32Array.of(-2, 3)])).toEqual(expected);
    const deep = [
      [Float32Array.of(1), [0.1]],
      [[-2], Float32Array.of(3)],
    ];
    expect(celoss.softmax(deep).shape).toEqual([2, 2, 1]);
  });

  it("are float64 where one of them is, as in torch.tensor: nothing is rounded", () => {
    const data = Float64Array.of(1, 0.1, -2, Math.fround(0.3));
    const expected = celoss.softmax({ data, shape: [2, 2] });
    expect(expected.dtype).toBe("float64");
    expect(celoss.softmax([Float64Array.of(1, 0.1), Float32Array.of(-2, 0.3)])).toEqual(expected);
    expect(celoss.softmax([[1, 0.1], Float64Array.of(-2, Math.fround(0.3))])).toEqual(expected);
  });

  it("are probabilities, or labels, by their type and shape", () => {
    const x = [[1, 2], Float32Array.of(0.5, 3)];
    const q = [Float32Array.of(0.25, 0.75), [1, 0]];
    expect(celoss.crossEntropy(x, q)).toEqual(celoss.crossEntropy(x, flat([0.25, 0.75, 1, 0])));
    const wide = celoss.crossEntropy(x, [Float64Array.of(0.2, 0.8), [1, 0]], { reduction: "none" });
    expect(wide.losses.dtype).toBe("float64");
    const image = { data: Float32Array.of(1, 2, 3, 4, 0, 0, 0, 0), shape: [2, 2, 2] };
    const labels = [Int32Array.of(0, 1), [1, 0]];
    expect(celoss.crossEntropy(image, labels)).toEqual(
      celoss.crossEntropy(image, [
        [0, 1],
        [1, 0],
      ]),
    );
    expect(celoss.crossEntropy(image, [BigInt64Array.of(0n, 1n), Uint8Array.of(1, 0)])).toEqual(
      celoss.crossEntropy(image, labels),
    );
    const messageOf = (target: unknown) => errorOf(() => celoss.crossEntropy(x, target as never)).message;
    expect(messageOf([Int32Array.of(1, 0), [0, 1]])).toBe(
      "Expected floating point type for target with class probabilities, got Long",
    );
    expect(messageOf([[0.5, 0.5], Int32Array.of(1, 0)])).toBe(
      "target[1]: expected a Float32Array or a Float64Array, got Int32Array",
    );
    expect(errorOf(() => celoss.crossEntropy(image, [Float64Array.of(0, 1), [1, 0]] as never)).message).toBe(
      "expected target dtype to be Long or Byte, but got Double",
    );
  });
});

describe("PyTorch's errors", () => {
  interface ErrorCase {
    name: string;
    function: "cross_entropy" | "nll_loss" | "softmax" | "log_softmax" | "tensor";
    arguments: {
      data?: unknown;
      input?: unknown;
      input_dtype?: string;
      dim?: number;
      target?: unknown;
      target_dtype?: string;
      weight?: unknown;
      weight_dtype?: string;
      reduction?: string;
      ignore_index?: number;
      label_smoothing?: number | "inf";
    };
    message: string;
  }

  /** Where the words or the answers are others, by the end of a case's name: PyTorch speaks of Python's types there. */
  const differences: [RegExp, string | null][] = [
    [/^tensor_number_for_list$/, "x[1]: expected a sequence of length 2, got the number 3"],
    [/^tensor_list_for_number$/, "x[1]: expected a number, got an array"],
    [/^tensor_string$/, 'x[0][1]: expected a number, got the string "a"'],
    [/^tensor_null$/, "x[0][1]: expected a number, got null"],
    [/_target_int32(_3d)?$/, null],
    [/_weight_before_dtype$/, shortWeight([1])],
    [/_one_target_of_1d$/, "size mismatch (got input: [3], target: [1])"],
  ];

  /** A tensor as the golden file has it, nested, of a dtype. */
  function tensorOf(nested: unknown, dtype = "float32") {
    const shape: number[] = [];
    for (let level = nested; Array.isArray(level); level = level[0]) shape.push(level.length);
    return given({ dtype, shape, data: [nested].flat(Infinity) as number[] });
  }

  function run({ name: caseName, function: name, arguments: args }: ErrorCase): unknown {
    if (name === "tensor") return celoss.softmax(args.data as never);
    const x = tensorOf(args.input, args.input_dtype ?? (/_int64/.test(caseName) ? "int64" : undefined)) as never;
    if (name === "softmax") return celoss.softmax(x, { dim: args.dim });
    if (name === "log_softmax") return celoss.logSoftmax(x, { dim: args.dim });
    const options = {
      ...(args.reduction && { reduction: args.reduction }),
      ...(args.ignore_index !== undefined && { ignoreIndex: args.ignore_index }),
      ...(args.label_smoothing !== undefined && {
        labelSmoothing: Number.parseFloat(`${args.label_smoothing}`) || Infinity,
      }),
      ...(args.weight !== undefined && { weight: tensorOf(args.weight, args.weight_dtype ?? args.input_dtype) }),
    };
    const target = tensorOf(args.target, args.target_dtype) as never;
    const loss = name === "nll_loss" ? celoss.nllLoss : celoss.crossEntropy;
    return (loss as (...args: unknown[]) => unknown)(x, target, options);
  }

  it.each(currentCases<ErrorCase>("errors.json"))("are ours: $name", (it) => {
    const difference = differences.find(([name]) => name.test(it.name));
    if (difference?.[1] === null) expect(run(it)).toHaveProperty("loss");
    else expect(errorOf(() => run(it)).message).toBe(difference?.[1] ?? it.message);
  });
});

describe("the caller's arguments", () => {
  it("are not changed, and results are of their own", () => {
    const data = Float32Array.from(note.x.flat());
    const shape = [3, 3];
    const target = BigInt64Array.of(0n, 1n, -100n);
    const options = Object.freeze({ reduction: "none", gradient: true } as const);
    const x = Object.freeze({ data, shape: Object.freeze(shape) as number[] });
    const results = [
      celoss.softmax(x),
      celoss.logSoftmax(x),
      celoss.softmaxBackward(x, x),
      celoss.logSoftmaxBackward(x, x),
      celoss.naiveSoftmax(x),
      celoss.log(x),
      celoss.nllLoss(x, target, options).gradLogProbs,
      celoss.crossEntropy(x, target, options).gradLogits,
    ];
    expect(data).toEqual(Float32Array.from(note.x.flat()));
    expect(target).toEqual(BigInt64Array.of(0n, 1n, -100n));
    const buffers = new Set(results.map((result) => result.data.buffer));
    expect(buffers.size).toBe(results.length);
    for (const result of results) {
      expect(result.data.buffer).not.toBe(data.buffer);
      expect(result.data.byteLength).toBe(result.data.buffer.byteLength);
      expect(result.shape).not.toBe(shape);
      result.shape.push(1);
      result.data.fill(7);
    }
    expect(celoss.softmax(x).shape).toEqual([3, 3]);
  });
});
