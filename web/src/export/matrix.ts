// A tensor of the page as other programs read it. With all digits, it reads back bit for bit.

import type { IndexTensor, Tensor } from "../api/index.ts";
import { type Digits, nestedList, numbersOf, torchTensor } from "../format/pytorch.ts";

interface MatrixFormat {
  readonly label: string;
  /** Of the file. */
  readonly extension: string;
  write(name: string, tensor: Tensor | IndexTensor, digits: Digits): string;
}

export const MATRIX_FORMATS = {
  /** Nothing but numbers, as numpy.loadtxt and R's read.csv take them; a row per sample. */
  csv: {
    label: "CSV",
    extension: "csv",
    write: (_, tensor, digits) =>
      `${rowsOf(tensor, digits)
        .map((row) => row.join(","))
        .join("\n")}\n`,
  },
  numpy: {
    label: "NumPy",
    extension: "py",
    write: (name, tensor, digits) => {
      const list = nestedList(tensor, digits, (text) => text.replace(/inf|nan/, "np.$&"));
      return `import numpy as np\n\n${name} = np.array(${list}, dtype=np.${tensor.dtype})\n`;
    },
  },
  latex: {
    label: "LaTeX",
    extension: "tex",
    write: (_, tensor, digits) => {
      const rows = rowsOf(tensor, digits).map((row) => row.map(latexNumber).join(" & "));
      if (tensor.shape.length === 0) return `${rows.join()}\n`;
      return `% \\usepackage{amsmath}\n\\begin{bmatrix}\n  ${rows.join(" \\\\\n  ")}\n\\end{bmatrix}\n`;
    },
  },
  torch: {
    label: "PyTorch",
    extension: "py",
    write: (name, tensor, digits) => `import torch\n\n${name} = ${torchTensor(tensor, digits)}\n`,
  },
} as const satisfies Record<string, MatrixFormat>;

export type MatrixFormatId = keyof typeof MATRIX_FORMATS;

/** A column has rows of one number. */
function rowsOf(tensor: Tensor | IndexTensor, digits: Digits): string[][] {
  const texts = numbersOf(tensor, digits);
  const [rows = 1, columns = 1] = tensor.shape;
  return Array.from({ length: rows }, (_, row) => texts.slice(row * columns, (row + 1) * columns));
}

function latexNumber(text: string): string {
  return text
    .replace("inf", "\\infty")
    .replace("nan", "\\mathrm{nan}")
    .replace(/e\+?(-?)0*(\d+)$/, " \\times 10^{$1$2}");
}
