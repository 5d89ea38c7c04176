// The numbers, pulled back out of every format: by NumPy, by PyTorch, and of LaTeX by a parser that knows LaTeX only.
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Dtype, IndexTensor, Tensor } from "../../../web/src/api/index.ts";
import { MATRIX_FORMATS, type MatrixFormatId } from "../../../web/src/export/matrix.ts";
import { figure } from "../../../web/src/format/fixed.ts";
import { run } from "./python.ts";

type AnyTensor = Tensor | IndexTensor;

const formats = Object.keys(MATRIX_FORMATS) as MatrixFormatId[];

/** Reads texts of one format; gives shape, dtype and bytes of each array. */
const READ = String.raw`
import io, json, re, sys
import numpy as np, torch

def csv(text, dtype):
    return np.loadtxt(io.StringIO(text), delimiter=",", dtype=dtype, ndmin=2)

def latex(text, dtype):
    text = text.replace(r"\infty", "inf").replace(r"\mathrm{nan}", "nan")
    text = re.sub(r" \\times 10\^\{(-?\d+)\}", r"e\1", text)
    body = re.search(r"\\begin\{bmatrix\}(.*)\\end\{bmatrix\}", text, re.S)
    rows = (body.group(1) if body else text).split(r"\\")
    return np.array([[np.dtype(dtype).type(cell.strip()) for cell in row.split("&")] for row in rows])

def code(text, dtype):
    scope = {}
    exec(text, scope)
    value = scope["some_name"]
    return value.numpy() if isinstance(value, torch.Tensor) else value

read = {"csv": csv, "latex": latex, "numpy": code, "torch": code}
arrays = [read[format](text, dtype) for format, text, dtype in json.load(sys.stdin)]
print(json.dumps([[list(a.shape), str(a.dtype), a.tobytes().hex()] for a in arrays]))
`;

interface Read {
  shape: number[];
  dtype: string;
  values: (number | bigint)[];
}

function readBack(texts: readonly (readonly [MatrixFormatId, string, string])[]): Read[] {
  const arrays = JSON.parse(run(READ, JSON.stringify(texts))) as [number[], string, string][];
  return arrays.map(([shape, dtype, hex]) => {
    const { buffer } = Uint8Array.from(Buffer.from(hex, "hex"));
    const types = { float32: Float32Array, float64: Float64Array, int64: BigInt64Array };
    return { shape, dtype, values: [...new types[dtype as keyof typeof types](buffer)] };
  });
}

const write = (format: MatrixFormatId, tensor: AnyTensor, digits: "all" | "shown" = "all") =>
  MATRIX_FORMATS[format].write("some_name", tensor, digits);

/** CSV and LaTeX know matrices only: there a vector is a column. */
const shapeIn = (format: MatrixFormatId, [rows = 1, columns = 1, ...none]: number[], shape: number[]) =>
  format === "csv" || format === "latex" ? [rows, columns, ...none] : shape;

const floats = (dtype: Dtype): fc.Arbitrary<number> =>
  fc.oneof(
    dtype === "float32" ? fc.float() : fc.double(),
    fc
      .constantFrom(0, -0, 1, -3, 1e-7, 1e21, 123456789, 2 ** 24, NaN, Infinity, -Infinity)
      .map((value) => (dtype === "float32" ? Math.fround(value) : value)),
    fc.double({ min: -5, max: 5, noNaN: true }).map((value) => (dtype === "float32" ? Math.fround(value) : value)),
  );

const tensors = fc
  .record({
    dtype: fc.constantFrom<Dtype>("float32", "float64"),
    shape: fc.oneof(
      fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 2, max: 10 })),
      fc.tuple(fc.integer({ min: 1, max: 8 })),
      fc.constant([]),
    ),
  })
  .chain(({ dtype, shape }) => {
    const length = shape.reduce((product, size) => product * size, 1);
    return fc.array(floats(dtype), { minLength: length, maxLength: length }).map((values): Tensor => {
      const data = dtype === "float32" ? Float32Array.from(values) : Float64Array.from(values);
      return { data, shape: [...shape], dtype };
    });
  });

const samples = fc.sample(tensors, 150);

const rounded: Tensor = {
  data: Float32Array.of(0.74594, -1.99996, -1e-9, NaN, -Infinity, 12345678),
  shape: [2, 3],
  dtype: "float32",
};

const labels: IndexTensor = { data: BigInt64Array.of(0n, 1n, -100n), shape: [3], dtype: "int64" };

/** All of it in all formats, read in one go. */
const readIn = new Map<MatrixFormatId, Read[]>();
beforeAll(() => {
  const texts = formats.flatMap((format) => [
    ...samples.map((tensor) => [format, write(format, tensor), tensor.dtype] as const),
    [format, write(format, rounded, "shown"), "float32"] as const,
    [format, write(format, labels), "int64"] as const,
  ]);
  const read = readBack(texts);
  const size = samples.length + 2;
  for (const [i, format] of formats.entries()) readIn.set(format, read.slice(i * size, (i + 1) * size));
});

describe.each(formats)("a tensor as %s", (format) => {
  it("reads back bit for bit, with its shape and dtype", () => {
    for (const [i, tensor] of samples.entries()) {
      expect(readIn.get(format)?.[i]).toEqual({
        shape: shapeIn(format, tensor.shape, tensor.shape),
        dtype: tensor.dtype,
        values: [...tensor.data],
      });
    }
  });

  it("holds the four decimals of the figures where they are asked for", () => {
    const shown = [...rounded.data].map((value) => Math.fround(Number(figure(value).replace("inf", "Infinity"))));
    expect(readIn.get(format)?.at(-2)?.values).toEqual(shown);
    expect(shown).toEqual([0.7459, -2, 0, NaN, -Infinity, 1.23e7].map(Math.fround));
  });

  it("keeps labels whole", () => {
    expect(readIn.get(format)?.at(-1)).toEqual({
      shape: shapeIn(format, [3], [3]),
      dtype: "int64",
      values: [0n, 1n, -100n],
    });
  });
});

it("is written as people write it", () => {
  const tensor: Tensor = { data: Float64Array.of(1, 0.5, -Infinity, 1e-9), shape: [2, 2], dtype: "float64" };
  expect(Object.fromEntries(formats.map((format) => [format, write(format, tensor)]))).toEqual({
    csv: "1,0.5\n-inf,1e-9\n",
    numpy: "import numpy as np\n\nsome_name = np.array([\n    [1., 0.5],\n    [-np.inf, 1e-9]], dtype=np.float64)\n",
    latex:
      "% \\usepackage{amsmath}\n\\begin{bmatrix}\n  1 & 0.5 \\\\\n  -\\infty & 1 \\times 10^{-9}\n\\end{bmatrix}\n",
    torch:
      'import torch\n\nsome_name = torch.tensor([\n    [1., 0.5],\n    [float("-inf"), 1e-9]], dtype=torch.float64)\n',
  });
});
