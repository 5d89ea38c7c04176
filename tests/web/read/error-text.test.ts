import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KNOWN_ERRORS, readErrorText } from "../../../web/src/read/error-text.ts";

interface Case {
  readonly function?: string;
  readonly message?: string;
  readonly answer?: { readonly message?: string };
}
const golden = (name: string) =>
  (JSON.parse(readFileSync(new URL(`../../golden/${name}`, import.meta.url), "utf8")) as { cases: Case[] }).cases;

/** Of what PyTorch raised there of a loss, all but what Python says of arguments that are no tensors and no numbers. */
const raised = ["errors.json", "errors_2.14.json", "calls.json", "calls_2.14.json"].flatMap((file) =>
  golden(file)
    .filter((one) => /cross_entropy|nll_loss/.test(one.function ?? ""))
    .flatMap((one) => one.message ?? one.answer?.message ?? [])
    .filter((message) => message !== "Target ") // up to the character of code 0
    .filter((message) => !/^(expected sequence|not a sequence|new\(\)|must be real|Could not infer)/.test(message)),
);

const traceback = (message: string) => `Traceback (most recent call last):
  File "/home/me/train.py", line 41, in <module>
    loss = F.cross_entropy(model(x), y)
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/usr/lib/python3.12/site-packages/torch/nn/functional.py", line 3494, in cross_entropy
    return torch._C._nn.cross_entropy_loss(
RuntimeError: ${message}
`;

const numbersOf = (text: string) => readErrorText(text)?.numbers;

describe("readErrorText", () => {
  it("knows all that PyTorch raised in the golden data", () => {
    expect(raised.length).toBeGreaterThan(500);
    expect([...new Set(raised)].filter((message) => readErrorText(traceback(message)) === null)).toEqual([]);
  });

  it.each([
    ["target-out-of-bounds", "IndexError: Target 3 is out of bounds.", { target: 3 }],
    ["target-out-of-bounds", "Target -100 is out of bounds.", { target: -100 }],
    ["target-out-of-bounds", "Target -9223372036854775808 is out of bounds.", { target: "-9223372036854775808" }],
    ["target-out-of-bounds", "Target \u0005 is out of bounds.", {}], // uint8
    ["target-dtype", "expected target dtype to be Long or Byte, but got Float", { got: "Float" }],
    ["target-dtype", "RuntimeError: expected scalar type Long but found Int", { got: "Int" }],
    [
      "target-dtype",
      `"nll_loss_forward_reduce_cuda_kernel_2d_index" not implemented for 'Int'`,
      { kernel: "nll_loss_forward_reduce_cuda_kernel_2d_index", got: "Int" },
    ],
    [
      "target-dtype",
      "Expected object of scalar type Long but got scalar type Float for argument #2 'target' in call to _thnn_nll_loss_forward",
      { got: "Float" },
    ],
    [
      "target-dtype",
      "Expected object of type torch.cuda.LongTensor but found type torch.cuda.FloatTensor for argument #2 'target'",
      { got: "Float" },
    ],
    [
      "target-not-floating",
      "Expected floating point type for target with class probabilities, got Long",
      { got: "Long" },
    ],
    [
      "logits-dtype",
      `"log_softmax_lastdim_kernel_impl" not implemented for 'Half'`,
      { kernel: "log_softmax_lastdim_kernel_impl", got: "Half" },
    ],
    ["logits-dtype", `"nll_loss_out_frame" not implemented for 'Long'`, { kernel: "nll_loss_out_frame", got: "Long" }],
    [
      "batch-size",
      "ValueError: Expected input batch_size (324) to match target batch_size (4).",
      { input: 324, target: 4 },
    ],
    [
      "size-mismatch",
      "input and target batch or spatial sizes don't match: target [2, 4, 4], input [2, 4, 4, 3]",
      { target: [2, 4, 4], input: [2, 4, 4, 3] },
    ],
    [
      "batch-size",
      "only batches of spatial inputs supported (4D tensors), but got input of size: [3, 4, 4]",
      { size: [3, 4, 4] },
    ],
    ["target-size", "Expected target size [2, 5], got [2, 3]", { expected: [2, 5], target: [2, 3] }],
    [
      "target-size",
      "ValueError: Expected target size (2, 5), got torch.Size([2, 3])",
      { expected: [2, 5], target: [2, 3] },
    ],
    [
      "size-mismatch",
      "size mismatch (got input: [2, 3, 2, 2] , target: [2, 2, 4]",
      { input: [2, 3, 2, 2], target: [2, 2, 4] },
    ],
    ["size-mismatch", "size mismatch (got input: [3], target: [])", { input: [3], target: [] }],
    [
      "spatial-target",
      "only batches of spatial targets supported (3D tensors) but got targets of dimension: 4",
      { dimensions: 4 },
    ],
    [
      "spatial-target",
      "only batches of spatial targets supported (3D tensors) but got targets of size: : [4, 1, 512, 512]",
      { target: [4, 1, 512, 512] },
    ],
    ["multi-target", "RuntimeError: 0D or 1D target tensor expected, multi-target not supported", {}],
    ["multi-target", "multi-target not supported at /pytorch/aten/src/THCUNN/generic/ClassNLLCriterion.cu:15", {}],
    ["single-target-size", "For 1D input, 1D target must have size 1, but got target size: 3", { target: 3 }],
    [
      "weight-size",
      "weight tensor should be defined either for all 3 classes or no classes but got weight tensor of shape: [4]",
      { classes: 3, weight: [4] },
    ],
    ["weight-size", "weight tensor should be defined either for all or no classes", {}],
    ["ignore-index-probabilities", "ignore_index is not supported for floating point target", {}],
    ["label-smoothing", "label_smoothing must be between 0.0 and 1.0. Got: 1.5", { got: 1.5 }],
    ["label-smoothing", "label_smoothing must be between 0.0 and 1.0. Got: inf", { got: "inf" }],
    ["reduction", "ValueError: avg is not a valid value for reduction", { got: "avg" }],
    [
      "not-a-tensor",
      "TypeError: cross_entropy_loss(): argument 'input' (position 1) must be Tensor, not tuple",
      { argument: "input", position: 1, got: "tuple" },
    ],
    [
      "not-a-tensor",
      "AttributeError: 'GoogLeNetOutputs' object has no attribute 'log_softmax'",
      { got: "GoogLeNetOutputs" },
    ],
    [
      "devices",
      "Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu! (when checking argument for argument target in method wrapper_CUDA_nll_loss_forward)",
      { first: "cuda:0", second: "cpu", argument: "target", method: "wrapper_CUDA_nll_loss_forward" },
    ],
    [
      "keras-shapes",
      "ValueError: Shapes (None, 1) and (None, 10) are incompatible",
      { target: "(None, 1)", output: "(None, 10)" },
    ],
    ["keras-shapes", "ValueError: Shapes (32, 1) and (32, 10) are incompatible", { target: [32, 1], output: [32, 10] }],
    [
      "target-out-of-range",
      "Received a label value of 10 which is outside the valid range of [0, 10).  Label values: 3 10 1",
      { target: 10, classes: 10 },
    ],
    [
      "tf-labels-shape",
      "logits and labels must have the same first dimension, got logits shape [32,10] and labels shape [320]",
      { logits: [32, 10], labels: [320] },
    ],
    [
      "tf-labels-shape",
      "`labels.shape` must equal `logits.shape` except for the last dimension. Received: labels.shape=(416,) and logits.shape=(32, 13)",
      { labels: [416], logits: [32, 13] },
    ],
    [
      "tf-broadcastable",
      "logits and labels must be broadcastable: logits_size=[32,12] labels_size=[32,13]",
      { logits: [32, 12], labels: [32, 13] },
    ],
    [
      "tf-labels-rank",
      "Rank mismatch: Rank of labels (received 2) should equal rank of logits minus 1 (received 2).",
      { labels: 2, logits: 2 },
    ],
    [
      "keras-target-output",
      "Arguments `target` and `output` must have the same shape. Received: target.shape=(None, 1), output.shape=(None, 10)",
      { target: "(None, 1)", output: "(None, 10)" },
    ],
    [
      "keras-target-output",
      "Arguments `target` and `output` must have the same rank (ndim). Received: target.shape=(None,), output.shape=(None, 20)",
      { target: "(None,)", output: "(None, 20)" },
    ],
    [
      "keras-target-output",
      "`logits` and `labels` must have the same shape, received ((None, 10) vs (None, 1)).",
      { output: "(None, 10)", target: "(None, 1)" },
    ],
    [
      "keras-from-logits",
      'UserWarning: "`sparse_categorical_crossentropy` received `from_logits=True`, but the `output` argument was produced by a sigmoid or softmax activation and thus does not represent logits. Was this intended?"',
      { loss: "sparse_categorical_crossentropy", activation: "sigmoid or softmax" },
    ],
    [
      "softmax-without-dim",
      "UserWarning: Implicit dimension choice for softmax has been deprecated. Change the call to include dim=X as an argument.",
      { function: "softmax" },
    ],
  ])("%s: %s", (id, text, numbers) => {
    expect(readErrorText(text)?.id).toBe(id);
    expect(numbersOf(text)).toEqual(numbers);
  });

  describe("the assertion in a CUDA kernel", () => {
    const lines = [0, 3, 31].map(
      (thread) =>
        `/pytorch/aten/src/ATen/native/cuda/Loss.cu:245: nll_loss_forward_reduce_cuda_kernel_2d: block: [0,0,0], thread: [${thread},0,0] Assertion \`t >= 0 && t < n_classes\` failed.`,
    );
    const late =
      "RuntimeError: CUDA error: device-side assert triggered\nCompile with `TORCH_USE_CUDA_DSA` to enable device-side assertions.";

    it("is found with its file and line, whatever came after", () => {
      const error = readErrorText(`${lines.join("\n")}\nTraceback …\n${late}`);
      expect(error?.id).toBe("target-assertion");
      expect(error?.numbers).toEqual({ file: "Loss.cu", line: 245 });
    });
    it.each([
      [
        "Windows",
        String.raw`C:\w\b\windows\pytorch\aten\src\ATen\native\cuda\NLLLoss2d.cu:103: block: [0,0,0], thread: [384,0,0] Assertion 't >= 0 && t < n_classes' failed.`,
        "NLLLoss2d.cu",
      ],
      [
        "bytes",
        "Loss.cu:250: nll_loss_forward_reduce_cuda_kernel_2d: block: [0,0,0], thread: [0,0,0] Assertion `t < n_classes` failed.",
        "Loss.cu",
      ],
      [
        "no reduction",
        "Loss.cu:194: nll_loss_forward_no_reduce_cuda_kernel: block: [0,0,0], thread: [53,0,0] Assertion `cur_target >= 0 && cur_target < n_classes` failed.",
        "Loss.cu",
      ],
      ["HTML", "Loss.cu:250: block: [0,0,0] Assertion `t &gt;= 0 &amp;&amp; t &lt; n_classes` failed.", "Loss.cu"],
    ])("%s", (_, text, file) => expect(numbersOf(text)?.file).toBe(file));

    it("by itself says less", () => expect(readErrorText(late)?.id).toBe("device-side-assert"));
    it.each([
      "Indexing.cu:1284: indexSelectLargeIndex: block: [2,0,0], thread: [0,0,0] Assertion `srcIndex < srcSelectDimSize` failed.",
      'ScatterGatherKernel.cu:145: operator(): Assertion `idx_dim >= 0 && idx_dim < index_size && "index out of bounds"` failed.',
      "Loss.cu:106: operator(): Assertion `input_val >= zero && input_val <= one` failed.",
    ])("of another function is none of ours: %s", (line) => expect(readErrorText(`${line}\n${late}`)).toBeNull());
  });

  it("is the last of several", () => {
    expect(
      numbersOf(`${traceback("Target 3 is out of bounds.")}>>> y -= 1\n${traceback("Target -1 is out of bounds.")}`),
    ).toEqual({ target: -1 });
  });

  it("is rather an error than a warning", () => {
    const warning = "UserWarning: Implicit dimension choice for softmax has been deprecated.";
    expect(readErrorText(`${traceback("Target 3 is out of bounds.")}\n${warning}`)?.id).toBe("target-out-of-bounds");
  });

  it.each([
    [
      "ANSI colours",
      "\u001b[0;31mValueError\u001b[0m: Expected input \u001b[1mbatch_size\u001b[0m (64) to match target batch_size (32).",
    ],
    [
      "colours whose escape is lost",
      "[0;31mValueError[0m: Expected input batch_size (64) to match target batch_size (32).",
    ],
    [
      "a notebook's JSON",
      String.raw`"\u001b[0;31mValueError\u001b[0m: Expected input batch_size (64) to match target batch_size (32).\n", "more"`,
    ],
    [
      "HTML",
      '<span class="ansi-red-fg">ValueError</span>: Expected input batch_size <b>(64)</b>&nbsp;to match target batch_size (32).',
    ],
    ["a narrow terminal", "ValueError: Expected input batch_size (6\n4) to mat\nch target batch_size (\n32)."],
    ["a quoted mail", "> ValueError: Expected input batch_size (64)\n> to match target batch_size (32)."],
    ["pytest", "E       ValueError: Expected input batch_size (64) to match target batch_size (32)."],
    [
      "a process's name",
      "(RayTrainWorker pid=1234) [rank0]: ValueError: Expected input batch_size (64) to match target batch_size (32).",
    ],
    [
      "carriage returns",
      "\rEpoch 1: 3%\rValueError: Expected input batch_size (64) to match\r\ntarget batch_size (32).",
    ],
    ["wide blanks", "ValueError:\u00a0Expected  input batch_size (64)\t to match target batch_size (32)."],
  ])("is found in %s", (_, text) => {
    expect(numbersOf(text)).toEqual({ input: 64, target: 32 });
    expect(readErrorText(text)?.text.replace(/[\n ]/g, "")).toBe(
      "Expectedinputbatch_size(64)totargetbatch_size(32)".replace("to", "tomatch"),
    );
  });

  it.each([
    ["numbers", "1.5, -2.25\n0.3, 4"],
    ["a print", "tensor([[0.7459, 0.5881],\n        [0.2894, nan]], device='cuda:0', grad_fn=<AddmmBackward0>)"],
    [
      "the source that raises it",
      'f"Expected input batch_size ({input.size(0)}) to match target batch_size ({target.size(0)})."',
    ],
    ["another error", "RuntimeError: mat1 and mat2 shapes cannot be multiplied (64x784 and 512x10)"],
    ["another function's dtype", "in linear(input, weight)\nRuntimeError: expected scalar type Float but found Double"],
    [
      "another function's axis",
      "torch.cat\nIndexError: Dimension out of range (expected to be in range of [-1, 0], but got 1)",
    ],
    [
      "a binary loss",
      "ValueError: Target size (torch.Size([32])) must be the same as input size (torch.Size([32, 10]))",
    ],
  ])("is not seen in %s", (_, text) => expect(readErrorText(text)).toBeNull());

  it("has named groups only in kinds that are known", () => {
    for (const { says, id } of KNOWN_ERRORS) expect(says.join(), id).not.toMatch(/undefined/);
    expect(new Set(KNOWN_ERRORS.map(({ id }) => id)).size).toBe(KNOWN_ERRORS.length);
  });

  it("takes any text, and no longer for a nasty one", () => {
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => void readErrorText(`an error ${text} of bounds`)));
    for (const nasty of [
      "t\n ",
      "<span ",
      "[1;",
      "`",
      "Assertion `",
      "a.cu:1:",
      "-",
      "Expected input batch_size (1\n",
      "Shapes (1,",
    ]) {
      const start = performance.now();
      readErrorText(`some error ${nasty.repeat(30_000)}`);
      expect(performance.now() - start, nasty).toBeLessThan(10_000);
    }
  });
});
