// The state of the page as a PyTorch script that prints the page's numbers, step by step.

import { construct, dataCode, labelsCode, lossByHand, torchTensor } from "../format/pytorch.ts";
import type { Text } from "../i18n/index.ts";
import type { Model } from "../state/lesson/derive.ts";
import { CONFIDENT_SHARPNESS, QUESTION } from "../state/lesson/presets.ts";
import type { State } from "../state/lesson/state.ts";

export function script(state: State, model: Model, text: Text): string {
  const { example, question } = state;
  const { reduction } = example;
  const loss = construct("CrossEntropyLoss", reduction);
  // Gradients are those of one number.
  const backward = reduction === "none" ? "loss.sum().backward()" : "loss.backward()";
  const refused = model.targetError !== null;

  const sections: [name: string, ...lines: string[]][] = [
    [
      text.question.name,
      `logits = ${torchTensor(questionLogits())}`,
      `target = ${labelsCode(QUESTION.target)}`,
      ...bothLosses(question.sharpness),
    ],
    [text.data.name, dataCode(model.x, example.target, example.seed), "print(x)", "print(y)"],
    [text.softmax.name, ...(state.shifted ? SHIFTED : []), "p = torch.softmax(x, dim=1)", "print(p)"],
    [text.log.name, "log_p = torch.log(p)", "print(log_p)"],
    [text.logSoftmax.name, "print(torch.log_softmax(x, dim=1))"],
    [text.nllLoss.name, ...nllLoss()],
    [text.crossEntropy.name, ...crossEntropy()],
    [text.lesson.name, ...lesson()],
    [
      text.labels.name,
      `y = ${labelsCode(example.countedLabels)}`,
      ...whereRefused(model.counted.error !== null, "print(nn.CrossEntropyLoss()(x.detach(), y))"),
    ],
  ];

  const body = sections.map(([name, ...lines], i) => `print(${JSON.stringify(`\n${i} ${name}`)})\n${lines.join("\n")}`);
  return `# celoss: torch.nn.CrossEntropyLoss from the inside\nimport math\n\nimport torch\nfrom torch import nn\n\n${body.join("\n\n")}\n`;

  function nllLoss(): string[] {
    const byFunction = `loss = ${construct("NLLLoss", reduction)}(log_p, y)`;
    if (refused) return whereRefused(true, byFunction);
    const [pick, reduce] = lossByHand(reduction);
    return [pick, "print(loss)", reduce, "print(loss)", byFunction, "print(loss)"];
  }

  function crossEntropy(): string[] {
    if (refused) return whereRefused(true, `loss = ${loss}(x, y)`);
    const losses = `print(${construct("CrossEntropyLoss", "none")}(x, y))`;
    return reduction === "none" ? [losses] : [losses, `loss = ${loss}(x, y)`, "print(loss)"];
  }

  function lesson(): string[] {
    const floor = [
      `floor = math.log(1 + (${model.classes} - 1) / math.e)`,
      `print(f"{floor:.4f} {floor + 1:.4f} {math.log(${model.classes}):.4f}")`,
      ...bothLosses(CONFIDENT_SHARPNESS),
    ];
    if (refused) return floor;
    return [
      "x.requires_grad_()",
      `loss = ${loss}(x, y)`,
      backward,
      "print(loss.detach())",
      "print(x.grad)",
      "",
      "x.grad = None",
      "p = torch.softmax(x, dim=1)",
      `loss = ${loss}(p, y)  # ✗`,
      backward,
      "print(torch.softmax(p, dim=1).detach())",
      "print(loss.detach())",
      "print(x.grad)",
      "",
      ...floor,
    ];
  }
}

/** softmax in the form that the page shows on request, with the maximum subtracted. */
const SHIFTED = [
  "row_max = x.max(dim=1).values",
  "print(row_max)",
  "shifted = x - row_max[:, None]",
  "print(shifted)",
  "exp = torch.exp(shifted)",
  "print(exp)",
  "print(exp.sum(dim=1))",
];

/** What the opening figure shows the loss of. */
export function questionCode({ sharpness, softmaxInFront }: State["question"]): string {
  const logits = `${sharpness} * ${torchTensor(questionLogits())}`;
  const input = softmaxInFront ? `torch.softmax(${logits}, dim=1)` : logits;
  return `nn.CrossEntropyLoss()(${input}, ${labelsCode(QUESTION.target)})`;
}

/** The opening example, pulled apart: its probabilities, its loss, and its loss with a softmax in front. */
function bothLosses(sharpness: number): string[] {
  return [
    `p_question = torch.softmax(${sharpness} * logits, dim=1)`,
    "print(p_question)",
    `print(f"{nn.CrossEntropyLoss()(${sharpness} * logits, target):.4f}")`,
    'print(f"{nn.CrossEntropyLoss()(p_question, target):.4f}")',
  ];
}

function questionLogits() {
  const { logits } = QUESTION;
  return {
    data: Float32Array.from(logits.flat()),
    shape: [logits.length, logits[0].length],
    dtype: "float32" as const,
  };
}

/** A line that PyTorch refuses, with what it says; one that it does not refuse stands alone. */
function whereRefused(refused: boolean, line: string): string[] {
  return refused ? ["try:", `    ${line}`, "except IndexError as error:", '    print("IndexError:", error)'] : [line];
}
