// The change of code that mends a finding, and the step of the lesson that explains it.

import type { Numbers } from "../../i18n/diagnosis/types.ts";
import type { Rule } from "../../lab/diagnosis/types.ts";
import type { StepId } from "../steps.ts";

/** Lines of code as they are, and as they should be. */
export interface Fix {
  readonly before: string;
  readonly after: string;
}

type FixOf = Fix | ((n: Numbers) => Fix | null);

const LOSS = "loss = F.cross_entropy(logits, y)";

const FIXES: Partial<Record<Rule, FixOf>> = {
  "softmax-in-front": ({ oneHot }) => ({
    before: oneHot
      ? "loss = F.cross_entropy(F.one_hot(logits.argmax(1)).float(), y)"
      : "loss = F.cross_entropy(F.softmax(logits, dim=1), y)",
    after: LOSS,
  }),
  "softmax-twice-in-front": {
    before: "loss = F.cross_entropy(F.softmax(net(x), dim=1), y)  # net ends with a softmax",
    after: "loss = F.cross_entropy(net(x), y)  # and it ends with its linear layer",
  },
  "softmax-over-batch": { before: "loss = F.cross_entropy(F.softmax(logits, dim=0), y)", after: LOSS },
  "softmax-over-axis": { before: "loss = F.cross_entropy(F.softmax(logits, dim=-1), y)", after: LOSS },
  "sigmoid-in-front": { before: "loss = F.cross_entropy(torch.sigmoid(logits), y)", after: LOSS },
  "bounded-logits": {
    before: "loss = F.cross_entropy(torch.tanh(logits), y)",
    after: `${LOSS}  # a cosine: F.cross_entropy(16 * cosine, y)`,
  },
  "relu-output": {
    before: "net = nn.Sequential(…, nn.Linear(d, C), nn.ReLU())",
    after: "net = nn.Sequential(…, nn.Linear(d, C))",
  },
  "negative-loss": { before: "loss = F.nll_loss(F.softmax(logits, dim=1), y)", after: LOSS },
  "keras-from-logits": {
    before: 'layers.Dense(C, activation="softmax")  # with from_logits=True',
    after: "layers.Dense(C)  # with from_logits=True",
  },
  "labels-from-one": ({ keras }) =>
    keras
      ? { before: "model.fit(x, y)", after: "model.fit(x, y - 1)" }
      : { before: LOSS, after: "loss = F.cross_entropy(logits, y - 1)" },
  "labels-from-one-silent": {
    before: "nn.Linear(d, C + 1) … F.cross_entropy(logits, y)",
    after: "nn.Linear(d, C) … F.cross_entropy(logits, y - 1)",
  },
  "label-out-of-range": ({ keras }) =>
    keras
      ? { before: "layers.Dense(C)", after: "layers.Dense(int(y.max()) + 1)  # if the labels are right" }
      : { before: "nn.Linear(d, C)", after: "nn.Linear(d, int(y.max()) + 1)  # if the labels are right" },
  "padding-label": ({ label }) => ({
    before: LOSS,
    after: `loss = F.cross_entropy(logits, y, ignore_index=${label ?? "-1"})`,
  }),
  "device-side-assert": {
    before: "loss = F.cross_entropy(logits, y)  # on the GPU",
    after: "loss = F.cross_entropy(logits.cpu(), y.cpu())  # says which label it is",
  },
  "logits-dtype": { before: "loss = F.cross_entropy(y, logits)", after: LOSS },
  "target-dtype": { before: LOSS, after: "loss = F.cross_entropy(logits, y.long())" },
  "one-hot-target": ({ keras }) =>
    keras
      ? { before: 'loss="sparse_categorical_crossentropy"', after: 'loss="categorical_crossentropy"' }
      : { before: LOSS, after: "loss = F.cross_entropy(logits, y.argmax(1))" },
  "soft-target-sum": ({ kHot }) =>
    kHot
      ? { before: LOSS, after: "loss = F.binary_cross_entropy_with_logits(logits, y.float())" }
      : { before: LOSS, after: "loss = F.cross_entropy(logits, y / y.sum(1, keepdim=True))" },
  "target-column": { before: LOSS, after: "loss = F.cross_entropy(logits, y.squeeze(1))" },
  "batch-mismatch": ({ transposed }) =>
    transposed
      ? { before: LOSS, after: "loss = F.cross_entropy(logits.T, y)" }
      : { before: LOSS, after: `print(logits.shape, y.shape)\n${LOSS}` },
  "class-axis-last": { before: LOSS, after: "loss = F.cross_entropy(logits.transpose(1, 2), y)" },
  "class-axis-ambiguous": { before: LOSS, after: "loss = F.cross_entropy(logits.transpose(1, 2), y)" },
  "channels-last": { before: LOSS, after: "loss = F.cross_entropy(logits.permute(0, 3, 1, 2), y)" },
  "float-target-single-sample": {
    before: LOSS,
    after: "loss = F.cross_entropy(logits.unsqueeze(0), y.reshape(1))",
  },
  "one-class": {
    before: "nn.Linear(d, 1) … F.cross_entropy(logits, y)",
    after: "nn.Linear(d, 1) … F.binary_cross_entropy_with_logits(logits.squeeze(1), y.float())",
  },
  "all-ignored": {
    before: LOSS,
    after: 'loss = F.cross_entropy(logits, y, reduction="sum") / (y != -100).sum().clamp(min=1)',
  },
  "log-of-softmax-underflow": {
    before: "loss = F.nll_loss(torch.log(F.softmax(logits, dim=1)), y)",
    after: "loss = F.nll_loss(F.log_softmax(logits, dim=1), y)",
  },
  "half-precision": { before: LOSS, after: "loss = F.cross_entropy(logits.float(), y)" },
  "reduction-sum": {
    before: 'loss = F.cross_entropy(logits, y, reduction="sum")',
    after: LOSS,
  },
  "mean-of-means": {
    before: "loss = sum(F.cross_entropy(x, y) for x, y in parts) / len(parts)",
    after: 'loss = sum(F.cross_entropy(x, y, reduction="sum") for x, y in parts) / count',
  },
  "option-mismatch": ({ option, got, expected, argument }) => {
    switch (option) {
      case "weight":
        return {
          before: "loss = F.cross_entropy(logits, y, weight=w)",
          after: expected
            ? "loss = F.cross_entropy(logits, y, weight=w.to(logits))"
            : "loss = F.cross_entropy(logits, y, weight=w)  # len(w) == logits.shape[1]",
        };
      case "ignoreIndex":
        return { before: "loss = F.cross_entropy(logits, y, ignore_index=0)  # y: probabilities", after: LOSS };
      case "reduction":
        return { before: `loss = F.cross_entropy(logits, y, reduction="${got}")`, after: LOSS };
      case "tensor":
        if (argument === "target") return { before: LOSS, after: "loss = F.cross_entropy(logits, torch.tensor(y))" };
        if (argument === "weight") return { before: "weight=w", after: "weight=torch.tensor(w)" };
        return { before: "logits = net(x)", after: "logits, *_ = net(x)  # of a ModelOutput: net(x).logits" };
      case "device":
        return { before: LOSS, after: "loss = F.cross_entropy(logits, y.to(logits.device))" };
      case "keras-units":
        return { before: "layers.Dense(C)", after: "layers.Dense(y.shape[-1])" };
      case "keras-target":
        return { before: 'loss="categorical_crossentropy"', after: 'loss="sparse_categorical_crossentropy"' };
      default:
        return null;
    }
  },
};

export function fixOf(rule: Rule, n: Numbers): Fix | null {
  const fix = FIXES[rule];
  return (typeof fix === "function" ? fix(n) : fix) ?? null;
}

const STEPS_OF: Partial<Record<Rule, StepId>> = {
  "softmax-in-front": "lesson",
  "softmax-twice-in-front": "lesson",
  "softmax-over-batch": "softmax",
  "softmax-over-axis": "softmax",
  "sigmoid-in-front": "lesson",
  "bounded-logits": "lesson",
  "relu-output": "softmax",
  "log-probabilities": "log-softmax",
  "negative-loss": "nll-loss",
  "keras-from-logits": "lesson",
  "labels-from-one": "labels",
  "label-out-of-range": "labels",
  "padding-label": "labels",
  "labels-from-one-silent": "labels",
  "device-side-assert": "labels",
  "logits-dtype": "data",
  "target-dtype": "data",
  "one-hot-target": "nll-loss",
  "soft-target-sum": "cross-entropy",
  "target-column": "data",
  "batch-mismatch": "data",
  "class-axis-last": "data",
  "class-axis-ambiguous": "data",
  "channels-last": "data",
  "float-target-single-sample": "data",
  "one-class": "softmax",
  "weighted-mean": "cross-entropy",
  "all-ignored": "cross-entropy",
  "smoothing-floor": "cross-entropy",
  "reduction-sum": "cross-entropy",
  "log-base": "log",
  "log-of-softmax-underflow": "log-softmax",
  "nonfinite-logits": "log-softmax",
  "half-precision": "cross-entropy",
  "large-logits": "log-softmax",
  "at-chance": "question",
  "constant-rows": "softmax",
  "tiny-range": "softmax",
  "loss-accuracy-inconsistent": "question",
  "mean-of-means": "cross-entropy",
  "option-mismatch": "cross-entropy",
};

export function stepOf(rule: Rule): StepId | null {
  return STEPS_OF[rule] ?? null;
}
