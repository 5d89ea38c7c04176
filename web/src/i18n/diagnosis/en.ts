// The English words of findings. `Backticks` mark code. zh.ts says the same, by a Chinese reader's ear.

import type { DiagnosisText, Numbers } from "./types.ts";

const samples = (n: Numbers) => (n.rows === "1" ? "the only row" : `all ${n.rows} rows`);
const first = (n: Numbers) => n.first && `The first is \`x[${n.first}]\`.`;
const lossAtFloor = (n: Numbers) =>
  n.loss && n.distance && `The loss ${n.loss} minus the floor ${n.floor} is ${n.distance}.`;
const accuracy = (n: Numbers) => n.accuracy && `The accuracy is ${n.accuracy}.`;
const got = (n: Numbers) => n.got && `PyTorch got \`${n.got}\`.`;

export const en: DiagnosisText = {
  possible: (title) => `Possibly: ${title}`,
  settles: (what) => `What would settle it: ${what}.`,
  settledBy: {
    logits: "the logits themselves",
    labels: "all labels, or the number of classes",
    "more-rows": "more rows",
    "more-decimals": "more decimals, `torch.set_printoptions(precision=8)`, or a file",
    accuracy: "the accuracy",
    classes: "the number of classes",
    code: "a look at the code, right before the loss",
  },
  unchecked: {
    logits: "the logits (there are none here)",
    labels: "the labels (there are none here)",
    classes: "the number of classes (nobody says it)",
    "class-axis": "which axis the classes are on",
    "column-sums": "whether columns sum to 1 (a softmax over the batch)",
    "reported-loss": "whether it is the loss your training prints",
    "reported-accuracy": "whether it is the accuracy your training prints",
    "evaluation-mode": "whether the network was in eval mode",
    "data-leakage": "whether the labels are right, or leak into the input",
  },
  rules: {
    "softmax-in-front": {
      title: "A softmax in front of the loss",
      verdict: (n) =>
        n.oneHot && n.rows !== "1"
          ? "The rows are zeros and a one: an argmax or a one_hot stands in front of the loss, and nothing can be learned through it."
          : n.loss
            ? `With ${n.classes} classes and a softmax in front of it, the loss cannot go below ${n.floor}, and ${n.distance ? `that is where your ${n.loss} is` : `your ${n.loss} would fit that`}.`
            : n.evidence
              ? `These rows are softmax output already, and cross_entropy takes a softmax of its own: with ${n.classes} classes the loss cannot go below ${n.floor}, however right the predictions are.`
              : `A sum of 1 may be chance. With ${n.classes} classes and a softmax in front of it, the loss cannot go below ${n.floor}.`,
      why: () =>
        "`nn.CrossEntropyLoss` has a softmax inside. What a second one hands it lies between 0 and 1, so no logit is ever more than 1 above another; the best row is (1, 0, 0, …), and its loss is L₀ = ln(1 + (C − 1)/e).",
      proof: (n) => [
        n.rows &&
          n.rowSumError &&
          `${n.rows === "1" ? "The only row sums" : `All ${n.rows} rows sum`} to 1, within ${n.rowSumError}; rounding explains up to ${n.tolerance}.`,
        n.evidence && `Of ordinary logits, fewer than one batch in 10${n.evidence} looks like that.`,
        `Behind a softmax, every loss lies between ${n.floor} and ${n.ceiling}.`,
        lossAtFloor(n),
        accuracy(n),
      ],
    },
    "softmax-twice-in-front": {
      title: "Two softmax layers in front of the loss",
      verdict: (n) =>
        `These numbers would fit a softmax of a softmax: then the loss cannot go below ${n.floor} with ${n.classes} classes.`,
      why: () =>
        "One softmax in the network and one before the loss, with the one inside the loss, are three. Each flattens what the one before has left.",
      proof: (n) => [
        n.rows &&
          n.ratio &&
          `In ${samples(n)} the largest number is at most ${n.ratio} times the smallest; behind two softmax layers it is at most e = 2.7183.`,
        lossAtFloor(n),
        accuracy(n),
      ],
    },
    "softmax-over-batch": {
      title: "The softmax runs over the batch",
      verdict: (n) =>
        n.function
          ? `\`${n.function}\` without \`dim\` chooses an axis by itself; for one or three axes it chooses the first, which is the batch.`
          : "Columns sum to 1 and rows do not: a softmax was taken along the batch, `dim=0`, not along the classes.",
      why: () =>
        "Then every sample's probabilities depend on who else is in the batch. And in front of `cross_entropy` no softmax belongs at all.",
      proof: (n) => [
        n.columns &&
          `All ${n.columns} columns (${n.classes} classes) sum to 1, within ${n.columnSumError}; rounding explains up to ${n.tolerance}.`,
        n.evidence && `Of ordinary logits, fewer than one batch in 10${n.evidence} looks like that.`,
      ],
    },
    "softmax-over-axis": {
      title: "The softmax runs along another axis than the classes’",
      verdict: () =>
        "Along the last axis the numbers sum to 1, and along the classes they do not: a softmax was taken there, `dim=-1`, and `cross_entropy` has the classes on axis 1.",
      why: () =>
        "If the last axis is the classes, it has to become axis 1: `logits.movedim(-1, 1)`, and targets of the same shape too. And in front of `cross_entropy` no softmax belongs at all.",
      proof: (n) => [
        n.columns &&
          `All ${n.columns} lines along the last axis sum to 1, within ${n.columnSumError}; rounding explains up to ${n.tolerance}. PyTorch takes ${n.classes} classes.`,
        n.evidence && `Of ordinary logits, fewer than one batch in 10${n.evidence} looks like that.`,
      ],
    },
    "sigmoid-in-front": {
      title: "A sigmoid in front of the loss",
      verdict: (n) =>
        `All numbers lie between 0 and 1, as a sigmoid leaves them: with ${n.classes} classes the loss cannot go below ${n.floor}.`,
      why: () =>
        "Logits that lie at most 1 apart give a softmax little to choose from. `cross_entropy` wants them unbounded, as the last linear layer gives them.",
      proof: (n) => [
        n.rows &&
          n.low &&
          `In ${samples(n)} together, ${n.low} of the numbers are below 0.05 and ${n.high} above 0.95; they go from ${n.min} to ${n.max}.`,
        n.ceiling && `Behind a sigmoid, every loss lies between ${n.floor} and ${n.ceiling}.`,
        lossAtFloor(n),
        accuracy(n),
      ],
    },
    "bounded-logits": {
      title: "The logits cannot leave −1 … 1",
      verdict: (n) =>
        `All numbers lie between −1 and 1, as tanh or a cosine leaves them: with ${n.classes} classes the loss cannot go below ${n.floor}.`,
      why: () =>
        "Gaps of at most 2 are all that the softmax gets to see. Leave the tanh out; cosine similarities need a scale (s = 16 … 64, or a division by a temperature).",
      proof: (n) => [
        n.rows &&
          n.high &&
          `In ${samples(n)} together, ${n.high} of the numbers are beyond ±0.95; they go from ${n.min} to ${n.max}.`,
        lossAtFloor(n),
        accuracy(n),
      ],
    },
    "relu-output": {
      title: "A ReLU in front of the loss",
      verdict: (n) =>
        `No number is negative and ${n.zeros} are exactly 0: a ReLU behind the last layer. No class can be told to be unlikely.`,
      why: () =>
        "Where ReLU has made a 0, no gradient goes through. A row of zeros has the loss ln C, and stays there.",
      proof: (n) => [
        n.rows &&
          `Of ${n.rows} rows ${n.zeroRows} are all 0, with the loss ln C = ${n.uniformLoss}; the largest number is ${n.max}.`,
      ],
    },
    "log-probabilities": {
      title: "These are log-probabilities already",
      verdict: () =>
        "The rows are log_softmax output already. That does no harm: a second log_softmax changes nothing, the loss is the same.",
      why: () =>
        "log_softmax of log_softmax is log_softmax, because the log_sum_exp of such a row is 0. `nll_loss` would do.",
      proof: (n) => [
        n.rows &&
          `The log_sum_exp of ${samples(n)} is 0, within ${n.logSumExpError}; rounding explains up to ${n.tolerance}.`,
      ],
    },
    "negative-loss": {
      title: "A negative loss",
      verdict: (n) =>
        n.isNll
          ? `${n.loss} is what nll_loss makes of these numbers: it takes no logarithm, so it needs log_softmax in front.`
          : `A cross entropy with class indices is never negative, and ${n.loss} is. It is most often \`nll_loss\` without log_softmax.`,
      why: () =>
        "`nll_loss` picks the entry at the label and changes its sign. Of probabilities that is −p, between −1 and 0; of raw logits it has no bottom.",
      proof: (n) => [
        `The loss is ${n.loss}.`,
        n.meanTargetLogit && `The mean of the entries at the labels is ${n.meanTargetLogit}.`,
      ],
    },
    "keras-from-logits": {
      title: "from_logits does not fit the last layer",
      verdict: (n) =>
        `The loss \`${n.loss ?? "crossentropy"}\` was told \`from_logits=True\`, and the last layer has a ${n.activation ?? "softmax"} already: it is taken twice.`,
      why: () =>
        "Either a softmax in the last layer and `from_logits=False`, or no activation there and `from_logits=True`, which is the more exact one.",
      proof: () => [],
    },
    "labels-from-one": {
      title: "The labels are counted from 1",
      verdict: (n) =>
        `With ${n.classes} classes a label is less than ${n.classes}; here is a ${n.label}${n.min ? ", and no 0" : ""}: somebody has counted from 1.`,
      why: () => "The label is a place in the row of logits, and places are counted from 0.",
      proof: (n) => [
        n.min && `The labels go from ${n.min} to ${n.max}.`,
        n.rows && `${n.rows} of them are no class. ${first(n) ?? ""}`.trim(),
      ],
    },
    "label-out-of-range": {
      title: "A label that is no class",
      verdict: (n) =>
        !n.label
          ? "A label is no class: it is below 0, or not below the number of classes."
          : n.classes
            ? `There are ${n.classes} classes, counted from 0, and a label ${n.label}.`
            : `There is a label ${n.label}, and not so many classes.`,
      why: (n) =>
        `Either the last layer has too few outputs (\`num_classes\`), or the labels are something else: counted from 1, raw ids, a pixel's colour.${n.classes ? "" : " The second number of `logits.shape` says how many classes there are."}`,
      proof: (n) => [
        n.min && `The labels go from ${n.min} to ${n.max}.`,
        n.rows && `${n.rows} of them are no class. ${first(n) ?? ""}`.trim(),
      ],
    },
    "padding-label": {
      title: "Padding among the labels",
      verdict: (n) =>
        `The label ${n.label} is no class; it looks like padding, or like a region that does not count. Say so to the loss, with \`ignore_index=${n.label}\`.`,
      why: () => "By itself `cross_entropy` leaves out only −100. Every other label has to be a class.",
      proof: (n) => [
        n.rows &&
          `${n.rows} labels are ${n.label}${n.classes ? `, of ${n.classes} classes` : ""}. ${first(n) ?? ""}`.trim(),
      ],
    },
    "labels-from-one-silent": {
      title: "Class 0 never occurs",
      verdict: (n) =>
        `No label is 0, though there are ${n.classes} classes. If the labels are counted from 1, everything is off by one, and no error says so.`,
      why: () =>
        "With one output more than needed, labels from 1 raise no error: the network learns never to predict class 0.",
      proof: (n) => [
        n.rows && `Of ${n.rows} labels none is 0; ${n.seen} classes occur.`,
        n.shiftedLoss &&
          `With \`y - 1\` the loss is ${n.shiftedLoss}; the accuracy is ${n.accuracy} as it is, ${n.shiftedAccuracy} with it.`,
      ],
    },
    "device-side-assert": {
      title: "An assertion on the GPU",
      verdict: (n) =>
        n.file
          ? "On the GPU a label was found that is no class: below 0, or not below the number of classes."
          : "A check on the GPU has failed. With cross_entropy it is most often a label that is no class.",
      why: () =>
        "The GPU reports late: the line in the traceback is not the one, and everything afterwards fails too. Start anew, on the CPU or with `CUDA_LAUNCH_BLOCKING=1`, and PyTorch says which label it is.",
      proof: (n) => [n.file && `\`t >= 0 && t < n_classes\` failed, in ${n.file}, line ${n.line}.`],
    },
    "logits-dtype": {
      title: "The logits are not floating point",
      verdict: (n) =>
        `cross_entropy takes logits with decimals${n.got ? `, and was given \`${n.got}\`` : ""}. Often input and target are the wrong way round, or an argmax stands in front.`,
      why: () => "The first argument is the network's output as it is, (N, C) in float32; the labels come second.",
      proof: (n) => [n.kernel && `There is no \`${n.kernel}\` for it.`],
    },
    "target-dtype": {
      title: "The labels have the wrong dtype",
      verdict: (n) =>
        `Labels are class indices, int64${n.got ? `; these are \`${n.got}\`` : ""}. \`.long()\` makes them so.`,
      why: () =>
        "The words “expected Long” mean the target, not the logits: PyTorch wants int64 (or uint8 for (N, C)), and neither floats nor int32.",
      proof: (n) => [got(n)],
    },
    "one-hot-target": {
      title: "One-hot labels",
      verdict: (n) =>
        n.keras
          ? "The labels are one-hot, and the sparse loss wants class indices."
          : "The labels have a number for every class. Class indices are one number per sample; as probabilities they have to be floating point and in the logits' shape.",
      why: () =>
        "Both ways are right, but not half of each: indices, `y.argmax(1)`, or probabilities, `y.float()`. With `weight` the two have different means: indices divide by the weights of the labels, probabilities by N.",
      proof: (n) => [
        n.rows && `Every one of ${n.rows} rows is a target.`,
        n.indexLoss && `With \`argmax(1)\` the loss is ${n.indexLoss}.`,
        got(n),
      ],
    },
    "soft-target-sum": {
      title: "Soft targets that are no probabilities",
      verdict: (n) =>
        n.kHot
          ? "The targets are several ones per row: classes that do not exclude each other. That wants `BCEWithLogitsLoss`."
          : `${n.rows} target rows do not sum to 1, and PyTorch never checks: the loss is scaled, or has no bottom.`,
      why: () =>
        "`cross_entropy` takes −Σ t·log p as it is. Where t sums to S, the loss is S times too large; with a negative entry it falls without end.",
      proof: (n) => [
        `\`y[${n.first}]\` sums to ${n.sum}; rounding explains ${n.tolerance}. The entries go from ${n.min} to ${n.max}.`,
        n.rows && `That is so in ${n.rows} rows.`,
      ],
    },
    "target-column": {
      title: "The labels have an axis too many",
      verdict: (n) =>
        n.dimensions
          ? `The labels have ${n.dimensions} axes: a channel axis too many, most likely (N, 1, H, W) in place of (N, H, W).`
          : `The labels have an axis of length 1 that does not belong${n.target ? `: ${n.target}` : ""}. \`y.squeeze(1)\` takes it away.`,
      why: () =>
        "Class indices have the logits' shape without the class axis: (N, C) and (N), (N, C, H, W) and (N, H, W).",
      proof: (n) => [n.expected && `${n.expected} is expected.`],
    },
    "batch-mismatch": {
      title: "Logits and labels do not have the same size",
      verdict: (n) =>
        n.transposed
          ? `There are ${n.targetBatch} labels, as many as the logits have columns: the logits are transposed.`
          : n.inputBatch
            ? `The logits are for ${n.inputBatch} samples, the labels for ${n.targetBatch}.`
            : `The labels do not fit the logits${n.input ? `: ${n.input} and ${n.target}` : n.expected ? `: ${n.expected} is expected, and they are ${n.target}` : ""}.`,
      why: () =>
        "Somewhere an axis was lost or merged: a `view(-1, …)` with the wrong number, a last batch that is smaller, tokens flattened in one of the two only. `print(logits.shape, y.shape)` right before the loss shows it.",
      proof: (n) => [n.input && n.target && `\`x.shape\` is ${n.input}, \`y.shape\` ${n.target}.`],
    },
    "class-axis-last": {
      title: "The classes are on the last axis",
      verdict: (n) =>
        `The logits are (N, T, C), and cross_entropy wants the classes second: (N, C, T). \`logits.transpose(1, 2)\` does it.${n.axis ? ` Here they are on axis ${n.axis}.` : ""}`,
      why: () =>
        "Whatever the number of axes, classes are axis 1. Flattening both, `logits.reshape(-1, C)` and `y.reshape(-1)`, is as good.",
      proof: (n) => [n.expected && `PyTorch took ${n.expected} for the labels' shape, and they are ${n.target}.`],
    },
    "class-axis-ambiguous": {
      title: "Two axes are as long as each other",
      verdict: (n) =>
        `Axis 1 and the last one have the same length, so PyTorch says nothing, and takes axis ${n.axis} for the classes: the loss is ${n.loss}. Along axis ${n.otherAxis} it is ${n.otherLoss}.`,
      why: () =>
        "(N, T, C) with T = C raises no error, and is the wrong loss. Transpose it yourself, and it is right for every T.",
      proof: (n) => [`A network that knows nothing has ln C = ${n.uniformLoss}.`],
    },
    "channels-last": {
      title: "The image's channels come last",
      verdict: (n) =>
        `The logits are (N, H, W, C), and cross_entropy wants (N, C, H, W): \`logits.permute(0, 3, 1, 2)\`.${n.axis ? ` The classes are on axis ${n.axis}.` : ""}`,
      why: () => "Whatever the number of axes, classes are axis 1.",
      proof: (n) => [n.input && `\`x.shape\` is ${n.input}, \`y.shape\` ${n.target}.`],
    },
    "float-target-single-sample": {
      title: "One sample without its batch axis",
      verdict: (n) =>
        n.classes
          ? `A single row of ${n.classes} logits with ${n.classes} targets counts as one sample with probabilities, not as ${n.classes} samples.`
          : "The logits have one axis only. PyTorch takes them for the classes of one sample.",
      why: () =>
        "(C) is one sample, whose label is a single number. For a batch of one, `unsqueeze(0)` makes (1, C) of it, and `y` is (1).",
      proof: (n) => [
        n.input && `\`x.shape\` is ${n.input}, \`y.shape\` ${n.target}.`,
        !n.input && n.target ? `There are ${n.target} labels.` : undefined,
      ],
    },
    "one-class": {
      title: "Only one class",
      verdict: () =>
        "With a single output the softmax is always 1: the loss is 0 from the first step, and so is the gradient.",
      why: () => "For a yes or no, take two outputs with `cross_entropy`, or one with `BCEWithLogitsLoss`.",
      proof: (n) => [n.rows && `\`x.shape[1]\` is 1, in ${samples(n)}.`],
    },
    "weighted-mean": {
      title: "The mean is weighted",
      verdict: (n) =>
        `With \`weight\` the mean divides by the sum of the labels' weights, ${n.divisor}, not by the number of samples. Without weights the loss is ${n.unweightedLoss}.`,
      why: () =>
        "mean = Σ w·loss / Σ w, over the weights of the labels that occur. One-hot targets divide by N instead; and where that sum is 0, the mean is nan.",
      proof: (n) => [n.rows && `${n.rows} samples count; the divisor is ${n.divisor}.`],
    },
    "all-ignored": {
      title: "Not a single label counts",
      verdict: () =>
        "Every label is `ignore_index`, or the batch is empty: the mean is 0 / 0 = nan, and from there on everything is.",
      why: () => "PyTorch does that on purpose. Skip such batches, or take the sum and divide by `max(1, count)`.",
      proof: (n) => [
        n.rows &&
          `${n.rows} samples, and none is left${n.ignoreIndex ? ` (\`ignore_index\` is ${n.ignoreIndex})` : ""}.`,
      ],
    },
    "smoothing-floor": {
      title: "The targets set a floor",
      verdict: (n) =>
        `With targets that are never quite 1, the loss cannot go below ${n.floor}. Yours is ${n.distance} above it.`,
      why: () =>
        "label_smoothing and soft targets keep some probability for other classes, and the loss of even the best prediction is their entropy. What counts is the distance to that floor.",
      proof: (n) => [
        `${n.loss} − ${n.floor} = ${n.distance}${n.labelSmoothing ? `, with \`label_smoothing\` ${n.labelSmoothing}` : ""}.`,
        n.rows && `Of ${n.rows} samples.`,
        n.classes && `With ${n.classes} classes.`,
        accuracy(n),
      ],
    },
    "reduction-sum": {
      title: "Another reduction",
      verdict: (n) =>
        `The loss you have, ${n.loss}, is ${n.factor} times the mean, ${n.mean}: a sum, or divided once more.`,
      why: () =>
        '`reduction="sum"`, a sum over the batches of an epoch, or a division by the steps of gradient accumulation.',
      proof: (n) => [`${n.loss} / ${n.mean} = ${n.factor}.`],
    },
    "log-base": {
      title: "Another logarithm",
      verdict: (n) =>
        `${n.loss} is the same loss with a logarithm of base ${n.base}; with the natural one it is ${n.natural}.`,
      why: () => "PyTorch's logarithm is ln. log2 gives bits.",
      proof: (n) => [`${n.natural} / ln ${n.base} = ${n.loss}.`],
    },
    "log-of-softmax-underflow": {
      title: "log(softmax(x)) loses these rows",
      verdict: () =>
        "The softmax of some rows is 0 at the label, and its logarithm −inf. `cross_entropy` has no trouble with them.",
      why: (n) => `exp of −${n.limit} is 0 in this dtype. \`log_softmax\` subtracts instead, and keeps every digit.`,
      proof: (n) => [
        `The largest gap between a row's maximum and the logit at its label is ${n.gap}; from ${n.limit} on it is lost.`,
        n.rows && `That is so in ${n.rows} rows. ${first(n) ?? ""}`.trim(),
      ],
    },
    "nonfinite-logits": {
      title: "Logits that are no numbers",
      verdict: (n) =>
        n.loss
          ? `The loss is ${n.loss}: there is a nan or an inf among the logits, most likely since an earlier step.`
          : "There are nan or inf among the logits, and what comes out is no number either.",
      why: () =>
        "A nan or +inf makes its row's loss nan. A −inf, from a mask, is fine beside the label and inf at it; a whole row of −inf is nan, also in the gradient of rows that are ignored.",
      proof: (n) => [
        n.nan && `${n.nan} nan, ${n.inf} inf, ${n.negInf} −inf.`,
        n.rows &&
          `${n.rows} rows lose their loss; ${n.atTarget} of them have −inf at the label, ${n.wholeRows} are −inf altogether, ${n.ignoredRows} more are ignored. ${first(n) ?? ""}`.trim(),
      ],
    },
    "half-precision": {
      title: "Half precision",
      verdict: (n) =>
        n.dtype
          ? `With these logits in ${n.dtype}, PyTorch's loss is ${n.pytorch}; exactly it is ${n.exact}.`
          : n.got
            ? `This PyTorch has no loss for \`${n.got}\` on the CPU. \`logits.float()\` does it.`
            : "The loss is computed in half precision, which has three digits.",
      why: () =>
        "autocast computes the loss in float32; a model that was made `.half()` does not. Take the logits to float32 right before the loss.",
      proof: (n) => [n.kernel && `There is no \`${n.kernel}\` for it.`],
    },
    "large-logits": {
      title: "Huge logits",
      verdict: (n) => `Logits go up to ${n.max}; from ${n.limit} on, float32 no longer tells neighbours apart.`,
      why: () =>
        "At 1e7 two float32 numbers are 1 apart, which is all the softmax is about. Mostly the learning rate is too high, or the input is not normalised.",
      proof: (n) => [n.rows && `The largest |x| of ${n.rows} rows is ${n.max}.`],
    },
    "at-chance": {
      title: "As good as guessing",
      verdict: (n) =>
        `The loss is ln C = ${n.uniformLoss}: the network says the same of all classes. It has not learned anything yet, or does not see its input.`,
      why: () =>
        "A network that has just started is here. One that stays here has no gradient: dead ReLUs, a learning rate of the wrong size, labels shuffled apart from the data, `optimizer.step()` missing.",
      proof: (n) => [
        `${n.loss} is ${n.distance} away from ln ${n.classes ?? "C"} = ${n.uniformLoss}.`,
        accuracy(n),
        n.rows && `Of ${n.rows} samples.`,
      ],
    },
    "constant-rows": {
      title: "All rows are the same",
      verdict: (n) => `The network says the same of all ${n.rows} samples, whatever they are: it ignores its input.`,
      why: () =>
        "The best that such a network can do is to know how frequent the classes are. Look for an input that is constant or far too large, and for dead layers.",
      proof: (n) => [
        `Apart from a shift, the rows differ by at most ${n.deviation} (rounding explains ${n.tolerance}), and within a row the logits go ${n.range} apart.`,
        n.floor && `The entropy of these labels, the least loss then, is ${n.floor}.`,
      ],
    },
    "conflicting-labels": {
      title: "Equal rows, different labels",
      verdict: () =>
        "Some rows are the same and have different labels: no network can get both right, and the loss cannot become 0.",
      why: () => "Duplicates with contradicting labels, or labels that got out of step with the data.",
      proof: (n) => [
        n.first &&
          `\`x[${n.first}]\` and \`x[${n.second}]\` are equal, their labels are not; ${n.rows} rows are like that.`,
      ],
    },
    "tiny-range": {
      title: "Nearly equal logits",
      verdict: (n) =>
        `In no row are logits further apart than ${n.range}: all classes are nearly as likely. So it is when training starts.`,
      why: () => "If it stays so, the last layer learns too slowly, or something divides the logits.",
      proof: (n) => [n.rows && `The largest gap within a row, of ${n.rows} rows, is ${n.range}.`],
    },
    "loss-accuracy-inconsistent": {
      title: "Loss and accuracy contradict each other",
      verdict: (n) =>
        n.upper
          ? `With all predictions right, the loss is below ln C = ${n.upper}; it is ${n.loss}. The two are not of the same batch, or one of them is computed from something else.`
          : `With an accuracy of ${n.accuracy} the loss is at least ${n.lower}; it is ${n.loss}. The two are not of the same batch, or one of them is computed from something else.`,
      why: () =>
        "A wrong prediction costs at least ln 2, a right one less than ln C. Often one is of the training data and the other of the test data, or of another mode.",
      proof: (n) => [
        `At least ${n.lower}${n.upper ? `, below ${n.upper}` : ""}: the loss for an accuracy of ${n.accuracy}. It is ${n.loss}.`,
      ],
    },
    healthy: {
      title: "Nothing wrong here",
      verdict: () => "These numbers are what cross_entropy wants. If the loss will not fall, it is for another reason.",
      why: () => "",
      proof: () => [],
    },
    "mean-of-means": {
      title: "A mean of means is not the mean",
      verdict: (n) =>
        n.mean
          ? `The mean over all is ${n.mean}, the mean of the ${n.groups} groups' means ${n.meanOfMeans}: groups with few labels count too much.`
          : "A mean of the groups' means is not the mean over all: groups with few labels count too much.",
      why: () =>
        "With ignored labels, or batches of different sizes, every group divides by its own count; gradient accumulation does that too. Add up the sums, and divide once by the count of all.",
      proof: (n) => [
        n.divisor &&
          `All together are divided by ${n.divisor}, the groups by ${n.leastDivisor} to ${n.greatestDivisor}${n.emptyGroups ? `; ${n.emptyGroups} have no label that counts` : ""}.`,
      ],
    },
    "option-mismatch": {
      title: "An argument that does not fit",
      verdict: (n) => {
        switch (n.option) {
          case "weight":
            return n.expected
              ? `\`weight\` is \`${n.got}\`, the logits are \`${n.expected}\`; they have to be the same.`
              : `\`weight\` needs one number for each class${n.weight ? `: of ${n.classes}, and its shape is ${n.weight}` : ""}.`;
          case "ignoreIndex":
            return "`ignore_index` goes with class indices only, not with targets that are probabilities.";
          case "labelSmoothing":
            return `\`label_smoothing\` lies between 0 and 1${n.got ? `; it is ${n.got}` : ""}.`;
          case "reduction":
            return `\`reduction\` is "mean", "sum" or "none", not "${n.got}".`;
          case "tensor":
            return n.argument
              ? `\`${n.argument}\` has to be a tensor, and is a \`${n.got}\`.`
              : `The network returns a \`${n.got}\`, not a tensor.`;
          case "device":
            return `\`${n.argument}\` is on another device: ${n.first} and ${n.second}.`;
          case "keras-units":
            return `The last layer has another number of classes than the labels: ${n.output} and ${n.target}.`;
          default:
            return `The labels are ${n.target}, the output is ${n.output}: class indices go with the sparse loss, one-hot labels with the other.`;
        }
      },
      why: (n) => {
        switch (n.option) {
          case "weight":
            return "`weight` is a tensor of C numbers in the logits' dtype and on their device.";
          case "ignoreIndex":
            return "Where targets are probabilities, a row of zeros has the loss 0; it still counts in the mean.";
          case "labelSmoothing":
            return "0 is none, 0.1 is usual.";
          case "reduction":
            return '"mean" is the default. PyTorch\'s old size_average is gone.';
          case "tensor":
            return "Some networks return several things: (output, hidden), GoogLeNet's auxiliary outputs, a ModelOutput with `.logits`. The loss wants one of them.";
          case "device":
            return "Logits, labels and `weight` have to be together. `nn.CrossEntropyLoss(weight=w).to(device)` takes the weight along.";
          case "keras-units":
            return "One-hot labels are as wide as there are units in the last layer.";
          default:
            return "`sparse_categorical_crossentropy` takes (N) class indices, `categorical_crossentropy` (N, C) one-hot rows.";
        }
      },
      proof: () => [],
    },
  },
};
