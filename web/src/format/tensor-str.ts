// What print(tensor) prints. Source: torch/_tensor_str.py of PyTorch 2.14.1 (1.13.1 prints the same), default print options,
// dense tensors of at most 1,000 elements (larger ones are summarized there, and never shown here).

import type { IndexTensor, Tensor } from "../api/index.ts";
import { nonFinite, toExponential, toFixed } from "./fixed.ts";

const PRECISION = 4;
const LINE_WIDTH = 80;
const PREFIX = "tensor(";

type Formatter = { readonly width: number; format(value: number | bigint): string };

/** The text of print(tensor): brackets, aligned columns, sci_mode, line breaks, dtype and size suffixes included. */
export function tensorStr(tensor: Tensor | IndexTensor): string {
  const values: readonly (number | bigint)[] = Array.from<number | bigint>(tensor.data);
  const body = values.length === 0 ? "[]" : nested(values, tensor.shape, PREFIX.length, formatter(values));
  const suffixes: string[] = [];
  if (values.length === 0 && tensor.shape.length !== 1) suffixes.push(`size=(${tensor.shape.join(", ")})`);
  if (tensor.dtype === "float64") suffixes.push("dtype=torch.float64");
  if (tensor.dtype === "int64" && values.length === 0) suffixes.push("dtype=torch.int64");
  return addSuffixes(PREFIX + body, suffixes);
}

/** _Formatter: one way of writing for all elements, chosen from the finite values that are not 0. */
function formatter(values: readonly (number | bigint)[]): Formatter {
  let width = 1;
  const measure = (texts: string[]) => {
    width = Math.max(width, ...texts.map((text) => text.length));
  };
  const pad = (write: (value: number | bigint) => string): Formatter => ({
    width,
    format: (value) => write(value).padStart(width),
  });

  if (typeof values[0] === "bigint") {
    measure(values.map(String));
    return pad(String);
  }
  const decisive = (values as number[]).filter((value) => Number.isFinite(value) && value !== 0);
  const sizes = decisive.map(Math.abs);
  const smallest = Math.min(...sizes);
  const largest = Math.max(...sizes);
  const integers = decisive.every(Number.isInteger);
  const scientific = decisive.length > 0 && (largest / smallest > 1000 || largest > 1e8 || smallest < 1e-4);

  const write = (value: number): string => {
    if (!Number.isFinite(value)) return nonFinite(value);
    if (scientific) return toExponential(value, PRECISION);
    return integers ? `${toFixed(value, 0)}.` : toFixed(value, PRECISION);
  };
  measure(decisive.map(write));
  return pad((value) => write(value as number));
}

/** _tensor_str_with_formatter */
function nested(
  values: readonly (number | bigint)[],
  shape: readonly number[],
  indent: number,
  { width, format }: Formatter,
): string {
  const [size, ...inner] = shape;
  if (size === undefined) return format(values[0] ?? 0);
  if (inner.length === 0) {
    const perLine = Math.max(1, Math.floor((LINE_WIDTH - indent) / (width + 2)));
    const lines: string[] = [];
    for (let i = 0; i < values.length; i += perLine) {
      lines.push(
        values
          .slice(i, i + perLine)
          .map(format)
          .join(", "),
      );
    }
    return `[${lines.join(`,\n${" ".repeat(indent + 1)}`)}]`;
  }
  const step = values.length / size;
  const slices = Array.from({ length: size }, (_, i) =>
    nested(values.slice(i * step, (i + 1) * step), inner, indent + 1, { width, format }),
  );
  return `[${slices.join(`,${"\n".repeat(inner.length)}${" ".repeat(indent + 1)}`)}]`;
}

/** _add_suffixes */
function addSuffixes(text: string, suffixes: readonly string[]): string {
  let result = text;
  let lastLine = text.length - text.lastIndexOf("\n") + 1;
  for (const suffix of suffixes) {
    if (lastLine + suffix.length + 2 > LINE_WIDTH) {
      result += `,\n${" ".repeat(PREFIX.length)}${suffix}`;
      lastLine = PREFIX.length + suffix.length;
    } else {
      result += `, ${suffix}`;
      lastLine += suffix.length + 2;
    }
  }
  return `${result})`;
}
