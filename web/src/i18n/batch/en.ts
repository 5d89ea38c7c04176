// The English text of the chapter "Your own batch". `Backticks` mark code. zh.ts says the same, by a Chinese reader's ear.

import { list as lists } from "../language.ts";

const list = lists.en;

export const en = {
  box: {
    label: "Your logits, labels, error text or loss",
    hint: "Several things at once are fine: logits and labels, a loss beside them, more than one file.",
    choose: "Choose files",
    drop: "or drop them here: .npy .npz .safetensors .pt .csv .tsv .json .txt",
    dropNow: "Let go to read them",
    clear: "Clear",
    long: (characters: string) => `A text of ${characters} characters. It is not shown here, and read as it is.`,
    file: (name: string, size: string) => `${name}, ${size}`,
    private: "It is read here, in your browser. Nothing is uploaded, and nothing is stored.",
  },
  examples: {
    label: "To try",
    note: "the note’s batch",
    stuck: "a loss stuck at 0.56",
    traceback: "a traceback",
    language: "a language model’s (N, T, C)",
    segmentation: "a segmentation map",
  },
  progress: {
    reading: (percent: number) => `Reading, ${percent} %`,
    judging: (percent: number) => `Judging, ${percent} %`,
    stop: "Stop",
    stopped: "Stopped. What you brought is still there.",
    again: "Read it again",
    failed: "Something of ours has broken here, and there is no verdict. Its own words: ",
  },
  ledger: {
    name: "What was read",
    numbersAlone: "Or only the numbers",
    roles: { logits: "logits", target: "labels", weight: "weight" },
    none: "none",
    unnamed: (number: number) => `tensor ${number}`,
    assumed: (dtype: string) => `${dtype} by its look`,
    decimals: (decimals: number) => (decimals === 1 ? "1 decimal" : `${decimals} decimals`),
    line: (line: number) => `line ${line}`,
    classAxis: "classes",
    axis: (axis: number, size: number) => `along axis ${axis}: ${size}`,
    labels: "labels read",
    steps: {
      none: "as they are",
      numerals: "words as whole numbers",
      sorted: "words, numbered",
      appearance: "words, numbered as they appear",
      squeeze: "squeezed to one label each",
      argmax: "one-hot, by its 1",
      long: "as int64",
      "minus-one": "less 1",
      float: "as float32",
    },
    or: "or",
    loss: "loss you saw",
    accuracy: "accuracy",
    classes: "classes",
    notNumber: (text: string) => `“${text}” does not fit here`,
    divisor: (divisor: string) => `the mean divides by ${divisor}`,
    notices: "How it was read",
    error: "The error’s text",
    undo: "Undo",
    redo: "Redo",
    question: "This can be read in more than one way",
    whichIsWhich: "Which are the logits, and which the labels?",
    refused: "This could not be read",
    colon: ": ",
    place: (line: number, column: number) => `Line ${line}, column ${column}`,
  },
  verdict: {
    name: "The verdict",
    loss: "loss",
    now: "now",
    fixed: "with the fix",
    axis: (now: string, fixed: string | null) =>
      `The loss on its axis: ${now}${fixed === null ? "" : `, and ${fixed} with the fix`}`,
    rounding: (plusMinus: string) => `The numbers are rounded, so this is exact to ± ${plusMinus}.`,
    halves: {
      name: "The loss in half precision",
      in: (dtype: string) => `in ${dtype}`,
      note: "PyTorch rounds a sum of halves after every addition, so the order counts; these are added in its order, to the bit.",
      beyond: "`float16` ends at 65504: the sum, or the number of samples, is infinite in it.",
    },
    unchecked: (items: readonly string[]) => `What could not be checked: ${list(items)}.`,
    severity: { error: "error", warning: "likely a bug", info: "a note" },
    with: (loss: string) => `With the fix the loss would be ${loss}.`,
    diff: "The change",
    step: (number: number, name: string) => `${number} ${name}`,
    seeStep: "Where it is explained:",
    others: "What else there is to say",
  },
  batch: {
    name: (samples: string) => `The batch: ${samples} samples`,
    samples: "The samples, the largest loss first",
    samplesAxis: "samples",
    sample: "sample",
    label: "label",
    prediction: "prediction",
    confidence: "its probability",
    confidences: "How sure the predictions are, the right ones above and the wrong ones below",
    right: "right",
    wrong: "wrong",
    probability: "probability",
    limit: (most: string) => `at most ${most}`,
    sure: (accuracy: string, mean: string, most: string | null) =>
      `The predictions are right in ${accuracy} of the samples, and are given a probability of ${mean} on average. ${
        most === null
          ? "Where probabilities can be trusted, the two are about the same."
          : `With a softmax in front, none can have more than ${most}, however right it is: that is what keeps the loss up.`
      }`,
    histogram: "How the losses of the samples lie",
    histogramNote:
      "How many samples have such a loss. L₀ is the floor behind a softmax, ln C the loss of somebody who knows nothing.",
    confusion: "Rows are labels, columns predictions: how often one was taken for the other",
    noClass: "no class",
    ignored: "ignored",
    without: (noClass: number, ignored: number, classes: number) =>
      `At the end, without a loss: ${list([
        ...(noClass === 0 ? [] : [`${noClass} whose label is no class, for these go from 0 to ${classes - 1}`]),
        ...(ignored === 0 ? [] : [`${ignored} whose label is ignored`]),
      ])}.`,
    choose: (sample: number) => `Choose sample ${sample}`,
    chosen: (samples: readonly number[], most: number) =>
      `${samples.length} of ${most} chosen${samples.length === 0 ? "" : `: ${list(samples)}`}`,
    chooseNone: "Choose none",
    take: (samples: number) => `Take the ${samples === 1 ? "one" : samples} chosen into the worked example`,
    worst: (samples: number) =>
      samples === 1 ? "Take it into the worked example" : `Take the ${samples} worst into the worked example`,
    inLesson: (columns: number | null, isPlain: boolean) =>
      [
        columns === null
          ? ""
          : `There it has ${columns} columns: the labels, the largest logits, and one for all other classes together, so that each loss is exactly the one above.`,
        isPlain ? "" : "There is neither `weight` nor `label_smoothing` there: the losses are those without them.",
      ].join(" "),
    softTargets: "The worked example has labels, and no class probabilities: these samples stay here.",
  },
  comparison: {
    name: "Before and after",
    begin: "Compare with another batch",
    about: "the same one after the fix, or the next part of one step",
    label: "The other batch: logits, labels, error text or loss",
    read: "What was read of it",
    before: "before",
    after: "after",
    split: "Put them side by side",
    swap: "Swap the two",
    remove: "Remove the other batch",
    restore: "Bring it back",
    axis: (before: string, after: string) => `The two losses on their axis: ${before} before, ${after} after`,
    divisor: "the mean divides by",
    gone: "No longer found",
    fresh: "New",
    still: "Still there",
    otherShapes: (before: string, after: string) =>
      `The labels are ${before} before and ${after} after: as these are not the same samples, they are not compared one by one.`,
    noChange: (all: string) => `The loss of no sample has changed, of ${all}.`,
    changed: (all: string, fell: string, rose: string) =>
      `Of ${all} samples, ${fell} have a smaller loss than before, and ${rose} a larger one.`,
    otherLabels: (count: string, all: string) =>
      `${count} of the ${all} labels are others. If the samples are others too, what follows says nothing.`,
    fell: "Whose loss fell most",
    rose: "Whose loss rose most",
    change: "change",
    asParts: "As two parts of one step",
    spoken: (before: string, after: string) => `Before: ${before} After: ${after}`,
  },
  parts: {
    name: (count: number) => `${count} batches, as the parts of one step`,
    same: (count: number, each: string, mean: string, all: string) =>
      `All ${count} are divided by equally much, ${each}. So the mean of their means is the mean over all, which divides by ${all}: ${mean}.`,
  },
  script: {
    name: "How to get it out of a training script",
    from: "From",
    note: "They save one batch as it goes into the loss, with everything that belongs to it. Drop the file here.",
  },
};

export type BatchText = typeof en;
