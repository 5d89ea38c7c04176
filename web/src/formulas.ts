// The formulas of the steps, in TeX. The build turns them into MathML (see plugins/formulas.ts).

export const formulas = {
  softmax: String.raw`p_c = \frac{e^{x_c}}{\sum_{j} e^{x_j}}`,
  shifted: String.raw`p_c = \frac{e^{x_c - m}}{\sum_{j} e^{x_j - m}}, \quad m = \max_j x_j`,
  log: String.raw`\log p_c`,
  logSoftmax: String.raw`\log p_c = x_c - \log \sum_{j} e^{x_j}`,
  nllLoss_mean: String.raw`\ell = -\frac{1}{N} \sum_{n} \log p_{n, y_n}`,
  nllLoss_sum: String.raw`\ell = -\sum_{n} \log p_{n, y_n}`,
  nllLoss_none: String.raw`\ell_n = -\log p_{n, y_n}`,
  crossEntropy_mean: String.raw`\ell = \frac{1}{N} \sum_{n} \Bigl( \log \sum_{j} e^{x_{n, j}} - x_{n, y_n} \Bigr)`,
  crossEntropy_sum: String.raw`\ell = \sum_{n} \Bigl( \log \sum_{j} e^{x_{n, j}} - x_{n, y_n} \Bigr)`,
  crossEntropy_none: String.raw`\ell_n = \log \sum_{j} e^{x_{n, j}} - x_{n, y_n}`,
  floor: String.raw`L_0 = \ln \Bigl( 1 + \frac{C - 1}{e} \Bigr) \le \ell \le L_0 + 1`,
  labels: String.raw`y_n \in \{0, 1, \dots, C - 1\}`,
} as const;

export type FormulaName = keyof typeof formulas;
