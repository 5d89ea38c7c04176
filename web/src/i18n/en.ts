// The English text of the page. `Backticks` mark code. zh.ts says the same, by a Chinese reader's ear.

import { quoted } from "./inline.ts";
import { list as lists } from "./language.ts";

const list = lists.en;

export const en = {
  title: "Why won’t the loss go to zero?",
  switchLanguage: "中文",
  theme: { label: "Theme", auto: "Auto", light: "Light", dark: "Dark" },
  steps: "Steps",
  previous: "Previous step",
  next: "Next step",
  loss: "loss",
  sample: "sample",
  copy: "Copy",
  copied: "Copied",
  copySelected: "Selected. Copy it.",
  printed: (name: string) => `print(${name})`,
  credit: {
    before: "After ",
    note: "a note on nn.CrossEntropyLoss",
    by: " by ",
    after: ", 2023, whose example, numbers and question these are.",
  },
  colophon:
    "Every number here is computed by one small C++ core, tested against PyTorch 2.14.1 and 1.13.1, and compiled to WebAssembly. The page is a single file: it loads nothing, stores nothing and tells nobody.",
  link: {
    name: "What could not be read",
    whole: "The whole page",
    dismiss: "Dismiss",
    problems: "Not every setting could be read; the rest is used.",
    remarks: "How the numbers were read:",
    more: (count: number) => `and ${count} more`,
    unknown: (name: string) => `${quoted(name)} is unknown`,
    choice: (name: string, bad: readonly string[], choices: readonly string[]) =>
      `${quoted(name)} cannot be ${list(bad.map(quoted), "or")}, only ${list(choices, "or")}`,
    number: (name: string, bad: string, from: number, to: number) =>
      `${quoted(name)} cannot be ${quoted(bad)}, only ${Number.isFinite(to) ? `a number from ${from} to ${to}` : "numbers"}`,
    wholeNumbers: (name: string, bad: readonly string[], from: number, to: number) =>
      `${quoted(name)} cannot be ${list(bad.map(quoted), "or")}, only ${from === to ? from : `whole numbers from ${from} to ${to}`}`,
    count: (name: string, got: number, from: number, to: number) =>
      `${quoted(name)} has ${got} numbers, and takes ${from === to ? from : `${from} to ${to}`}`,
    matrix: (name: string, reason: string) => `${quoted(name)} is not used: ${reason}`,
    read: (name: string) => `${quoted(name)}: `,
    labels: (name: string, got: number, samples: number) =>
      `${quoted(name)} is not used: as many labels as samples are needed, ${samples}, and it has ${got}`,
    needs: (name: string, other: string) => `${quoted(name)} says nothing without ${quoted(other)}`,
    belongs: (name: string, other: string) => `${quoted(name)} belongs to ${quoted(other)} and is not used either`,
    givesWay: (name: string, other: string) => `${quoted(name)} gives way to ${quoted(other)}`,
    repeated: (name: string) => `${quoted(name)} is there more than once: the last one counts`,
    packed: (name: string) => `${quoted(name)} cannot be unpacked`,
    tooLong: (name: string, length: number, most: number) =>
      `${quoted(name)} is not read: it has ${length} characters, and at most ${most} are`,
    address: (name: string, bad: string) =>
      `${quoted(name)} cannot be ${quoted(bad)}, only a path or an address of http, https or file`,
  },
  embed: {
    open: "Embed",
    name: "Embed in an article",
    close: "Close",
    copy: "Copy the code",
    steps: "What is shown",
    all: "The whole page",
    hide: "Left out",
    parts: {
      title: "title",
      lead: "first sentence",
      formula: "formula",
      code: "PyTorch line",
      print: "print(…)",
      notice: "what to notice",
      preferences: "theme and language",
      rail: "list of steps",
      share: "embed, take along",
      credit: "credit",
    },
    readonly: "Numbers stay as they are",
    language: "Language",
    address: "Where the page’s files are",
    addressHint:
      "The folder on your site that index.html lies in; for the element cross-entropy-demo.js and all cross-entropy-demo-*.js too.",
    preview: "Preview",
    widths: { "360": "on a phone", "680": "in an article" },
    place: "Where it goes",
    placeHints: {
      html: "Hexo: `skip_render: celoss/**` in its `_config.yml`, then `hexo clean`. Hugo: `markup.goldmark.renderer.unsafe = true`. reveal.js: a slide is 700 pixels high, so leave out what does not fit.",
      vuepress: "The files go into `public/celoss/`; `public/index.html` is the site’s own.",
      jsx: "The files go into `public/celoss/` or `static/celoss/`.",
      jupyter: "The page must be on https, where everybody can reach it.",
    },
    way: "Code",
    ways: { growing: "frame that grows", fixed: "frame", element: "element" },
    wayHints: {
      growing:
        "A frame, and eight lines that make it as high as its content. For every page that allows scripts. A frame follows the reader’s system, not the article: if that is always light or always dark, choose its theme here.",
      fixed:
        "A frame of fixed height, for places that remove scripts. The height is that of the preview. A frame follows the reader’s system, not the article: if that is always light or always dark, choose its theme here.",
      element: "No frame: the demo as a part of the article, in its fonts and colours if you like.",
    },
    code: "The code to embed",
    title: (steps: readonly string[]) =>
      steps.length === 0 ? "nn.CrossEntropyLoss, step by step" : `nn.CrossEntropyLoss: ${list(steps)}`,
  },
  unavailable: {
    loading: "One moment: the calculator is loading. Until then, these are the note’s own numbers.",
    failed:
      "The live part of this page cannot run here, so you see the note’s own numbers, computed beforehand. It needs WebAssembly with SIMD, as Chrome, Edge, Firefox and Safari have it from 2024 on. If your browser is newer, a security policy may be blocking WebAssembly: try opening the file directly.",
    loadingHere: "One moment: the calculator is loading.",
    failedHere:
      "A live demo belongs here, and cannot run. It needs WebAssembly with SIMD, as Chrome, Edge, Firefox and Safari have it from 2024 on. If your browser is newer, the security policy of this page may be in the way: it must allow `script-src 'self' 'wasm-unsafe-eval'`, and `lit-html` where it lists Trusted Types.",
    reason: "What the browser says: ",
  },
  /** What is loaded when it is wanted. */
  late: {
    loading: "One moment: this is loading.",
    again: "Try again",
    failed:
      "This has not loaded: try again, or reload the page. If the demo is yours: its other files, such as `cross-entropy-demo-dialogs.js`, belong beside `cross-entropy-demo.js`.",
  },
  noscript:
    "The live part of this page has not started: its script is on its way, switched off or blocked. All of the note’s own numbers are here.",

  question: {
    name: "The question",
    lead: "Three samples, three right answers, and yet the loss will not go to zero. Somebody put a softmax in front of `nn.CrossEntropyLoss`, which already has one inside.",
    pipeline: "What computes the loss",
    sharpness: "How sure is the network?",
    less: "unsure",
    more: "certain",
    allRight: "every prediction is right",
    figure: "The probabilities that the network gives each class",
    axis: (loss: string) => `The loss on its axis: ${loss}`,
    plain: (loss: string) => `The surer the network, the closer the loss comes to 0. Now it is ${loss}.`,
    front: (loss: string, floor: string, uniform: string) =>
      `The network may be as sure as it likes: the loss stops at ${floor}. Now it is ${loss}. While every prediction is right it stays between ${floor} and ln 3 = ${uniform}; the other way round proves nothing, a loss in there may well come with wrong predictions.`,
    why: "Why there, and why so quietly? It takes a few small steps to see, and every number on the way can be touched.",
  },
  data: {
    name: "The data",
    lead: "`x` holds what the network says: a row per sample, a column per class, any real numbers, called logits. `y` holds the right class of each sample, counted from 0.",
    note: "The note prints `x` rounded to four digits. These five-digit values print the same `x` and give every digit the note prints; from the rounded ones, four later digits come out one off.",
    predictions: (rows: readonly number[]) =>
      rows.length === 0
        ? "The largest logit of every row stands at its label: every prediction is right."
        : `The largest logit of ${rows.length === 1 ? "row" : "rows"} ${list(rows)} is not at the label: ${rows.length === 1 ? "that prediction is" : "those predictions are"} wrong.`,
    hint: "Type, press ↑ ↓, or drag a number sideways. ← → and Enter move on. Paste a small matrix to replace `x`.",
    entry: (row: number, column: number) => `x, sample ${row}, class ${column}`,
    label: (row: number) => `Label of sample ${row}`,
    addSample: "Add a sample",
    addClass: "Add a class",
    removeSample: (row: number) => `Remove sample ${row}`,
    removeClass: (column: number) => `Remove class ${column}`,
    random: "Random x",
    dtype: "dtype",
    reduction: "reduction",
    backToBatch: "Back to the batch",
    undo: "Undo",
    redo: "Redo",
    reset: "Back to the note",
    restart: "Start again",
    seeded: (seed: number) => `x is what PyTorch’s generator gives for seed ${seed}, bit for bit.`,
    problems: {
      empty: "This cell is empty. Until it holds a number, its last one counts.",
      notANumber: (text: string) => `${quoted(text)} is not a number. Until it is one, the last good value counts.`,
      inf: (text: string, dtype: string) => `${quoted(text)} is inf in ${dtype}, as in PyTorch.`,
    },
    at: (row: number, column: number) => `Sample ${row}, class ${column}: `,
    /** Why a matrix cannot be taken. */
    matrix: {
      size: (rows: number, columns: number) =>
        `got ${rows} × ${columns}, and this page holds 1 to 8 samples of 2 to 10 classes`,
      shapes: (shapes: string) =>
        `what was read has the shape ${shapes}, and here x of shape (N, C) finds room, with its labels of shape (N)`,
      tooLong: (length: number, most: number) => `it has ${length} characters, and at most ${most} are read`,
      notLoaded: (failure: string) => `what reads such a text has not loaded: \`${failure}\``,
    },
    notices: {
      pasted: (rows: number, columns: number) => `Pasted ${rows} × ${columns} numbers.`,
      labelled: "Their labels came along.",
      kept: (labels: number, rows: number) =>
        labels === rows
          ? "No labels came along: those from before stand, pick the right ones."
          : `No labels came along: those from before stand in the first ${labels === 1 ? "row" : `${labels} rows`}, and 0 in the others. Pick the right ones.`,
      which: "Which is it? Until that is said, x is as it was.",
      way: (way: string, shapes: string) => `${way}: ${shapes}`,
      notPasted: (reason: string) => `Not pasted: ${reason}. x is as it was.`,
      fromBatch: (samples: readonly number[], classes: readonly (number | null)[]) =>
        `From your batch: ${samples.length === 1 ? "sample" : "samples"} ${list(samples)}. The columns are ${list(classes.map((label) => (label === null ? "all other classes together" : `class ${label}`)))}.`,
      labelsLost: (samples: readonly number[]) =>
        `The class that was the label of ${samples.length === 1 ? "sample" : "samples"} ${list(samples)} is gone. Pick another label, or undo.`,
    },
    refused: (sample: number, label: number, classes: number) =>
      `The label of sample ${sample} is ${label}, but there are ${classes} classes: 0 to ${classes - 1}. Everything from the labels on waits for a valid one.`,
  },
  softmax: {
    name: "softmax",
    lead: "Softmax turns a row of logits into probabilities: all of them positive, adding up to 1. The exponential makes the large ones stand out.",
    bars: "Each row is one whole, cut into its classes.",
    notice: "The order never changes: the largest logit has the largest probability. Labels play no part yet.",
    form: "How softmax is written",
    naive: "softmax without subtracting the maximum",
    overflow: (dtype: string) =>
      `Here the textbook form, taken at its word, overflows: exp of a logit above ${dtype === "float32" ? "88.72" : "709.78"} is inf, and inf / inf is nan. The figures show what softmax really gives.`,
    shiftedNote:
      "Textbook exponentials overflow: in float32, exp(88.73) is already inf. So PyTorch and this page first subtract each row’s maximum. The result is the same, since the common factor cancels.",
  },
  log: {
    name: "log",
    lead: "The logarithm keeps the order and turns probabilities into negative numbers: the closer to 1, the closer to 0. Without its sign it measures a loss: small where the network was right and sure.",
    curve: "−log p falls as the probability of the right class rises. The marks are the samples.",
    notice: "A probability of 1 costs nothing; halving it always costs the same 0.6931.",
  },
  logSoftmax: {
    name: "log_softmax",
    lead: "Both steps at once. `log_softmax` never computes the probability in between, and gives the same numbers.",
    same: "Digit for digit the same, to the four decimals shown.",
    different: "Not the same any more: where the two-step way says -inf, the one-step way still knows the number.",
    differentSlightly: "Equal except for rounding: a tiny probability has lost digits that the one-step way keeps.",
    twoSteps: "log(softmax(x))",
    oneStep: "log_softmax(x)",
    breakIt: "Make them differ",
    breakItNote: (gap: number, dtype: string) =>
      `raises the largest logit of row 0 until it leads by ${gap}: in ${dtype} the other probabilities are then 0.`,
    putBack: "Put it back",
    notice: (dtype: string) =>
      `From a gap of ${dtype === "float32" ? "103.97" : "745.13"} on, a ${dtype} probability rounds to 0, and log(0) is -inf. With such an entry at a label the whole loss is inf. This is why nobody should write the two steps by hand.`,
  },
  nllLoss: {
    name: "nll_loss",
    lead: "The negative log-likelihood loss: pick each row’s entry at its label, average, change the sign. Despite its name it takes no logarithm; that has been done.",
    byHand: "By hand",
    byFunction: "By function",
    picked: "log_p at the label",
    pickedSum: "their sum",
    equal: "The same number, twice.",
    notice:
      "The note takes abs() where the formula has a minus. log p is never above 0, so neither is the sum, and both give the same.",
  },
  crossEntropy: {
    name: "cross_entropy",
    lead: "All of it in one call: softmax, logarithm, picking, averaging. `nn.CrossEntropyLoss` takes the logits as they are.",
    losses: "loss per sample",
    axis: (loss: string) => `The loss on its axis: ${loss}`,
    thrice: (loss: string) => `${loss} by hand, ${loss} by nll_loss, ${loss} by cross_entropy. Three ways, one number.`,
    thriceNot: "The two-step way has lost digits here; cross_entropy, which takes one step, has not.",
    nan: "The loss is nan: among the logits is a nan, an inf, or a row of nothing but -inf, and softmax makes nan of it.",
    perSample: "With reduction “none” the losses stay one per sample.",
  },
  lesson: {
    name: "No softmax in front",
    lead: "The softmax is inside. Put another in front, and the loss no longer sees your logits but their probabilities, which lie between 0 and 1 and can never be more than 1 apart. That is why there is a floor.",
    right: "As it should be",
    wrong: "With softmax in front",
    plainCall: "cross_entropy(x, y)",
    frontCall: "cross_entropy(softmax(x), y)",
    gradient: "gradient with respect to x",
    gradientKey: "left of the line: the logit is pushed up (p − 1); right: pulled down (p)",
    close: (plain: string, front: string) => `For this x the two losses are ${plain} and ${front}.`,
    closeNote: "So close that nobody notices anything. The accident shows only when the network gets good:",
    confident: "A confident case of three classes: all right, and sure of it",
    confidentText: (plain: string, front: string, floor: string) =>
      `Without the extra softmax the loss is ${plain}. With it ${front}, and it will never be less than ${floor}.`,
    interval: (floor: string, ceiling: string, classes: number) =>
      `With ${classes} classes every loss behind two softmaxes lies between L₀ = ${floor} and L₀ + 1 = ${ceiling}.`,
    fix: "The fix is to leave it out: hand the logits to the loss, and use softmax only to show probabilities.",
    onlyMean: "The axis and the interval speak of the mean; choose it in step 1 to see them.",
    floorName: "L₀",
    ceilingName: "L₀ + 1",
    uniformName: (classes: number) => `ln ${classes}`,
    axis: (plain: string, front: string) => `The losses on one axis: ${plain} without, ${front} with softmax in front`,
  },
  labels: {
    name: "Labels start at 0",
    lead: "Classes are counted from 0 to C − 1. Somebody who counts from 1 gets an error, or worse, none.",
    cases: "Try",
    outOfRange: "an error",
    silent: "no error, and wrong",
    counted: (row: number) => `Label of sample ${row}, as counted`,
    refused: (sample: number, label: number, classes: number) =>
      `The label of sample ${sample} is ${label}, and with ${classes} classes only 0 to ${classes - 1} exist.`,
    oneBad:
      "Not every label is at least 1, so this is not counting from 1: one label is wrong. Check the data, or the number of classes.",
    subtract: "Subtract 1",
    subtracted: "Every label is at least 1: probably they were counted from 1. Then subtracting 1 mends it.",
    silentText: (loss: string, right: string) =>
      `It says ${loss} and no error. But if they were counted from 1, each one points to its neighbour; after subtracting 1 the loss is ${right}. Only you can know.`,
    stillBad:
      "Every label is at least 1, but subtracting 1 would not be enough: a label is wrong, or there are more classes than the network has outputs.",
    allIgnored: "Every label is -100, so no sample is left to average, and the mean of nothing is nan.",
    negative:
      "Labels cannot be negative. Only -100, the default of ignore_index, may stand here: it leaves its sample out.",
    accepted: (loss: string) => `PyTorch accepts these labels. The loss is ${loss}.`,
    fine: (loss: string) => `A label of 0 occurs, so these count from 0. The loss is ${loss}.`,
    notRead: (reason: string) => `Not pasted: ${reason}. The labels are as they were.`,
    noLabels: (pasted: string) =>
      `Not pasted: ${quoted(pasted)} is no list of whole numbers. The labels are as they were.`,
    count: (got: number, samples: number) =>
      `Not pasted: as many labels as samples are needed, ${samples}, and there are ${got}. The labels are as they were.`,
  },
  batch: {
    name: "Your own batch",
    lead: "Logits and labels, a file, the text of an error, or only a loss that will not move: bring what you have. It is read and judged on this machine, and nothing leaves it.",
    still: "It needs the live page.",
  },
  export: {
    open: "Take it with you",
    of: (step: string) => `Take it with you: ${step}`,
    what: "What",
    picture: "picture",
    numbers: "numbers",
    script: "PyTorch script",
    part: "Of",
    step: "the whole step",
    figure: "the figure",
    pieces: { matrices: "matrices", bars: "bars", curve: "curve", axis: "axis", labels: "labels" },
    tensor: "Tensor",
    format: "Format",
    digits: "Digits",
    all: "all",
    shown: "as shown",
    scriptNote: "Run it: it prints the numbers of this page, step by step.",
    download: "Download",
    mayBeBlocked: "If no file appears, downloads are not allowed here. The text is selected: copy it.",
    mayBeBlockedPicture:
      "If no file appears, downloads are not allowed here. Right-click or hold the picture to save it, or take its SVG: it is selected, copy it.",
    pictureNotCopied:
      "Pictures cannot be copied here. Right-click or hold it to save it, or take its SVG: it is selected, copy it.",
    noPng: "This browser gives no PNG. Here is the SVG.",
  },
  reading: {
    ask: "Point at a number, tap it, or walk to it with the arrow keys, to see where it comes from.",
    textbook: "textbook form",
    shifted: "as the core computes it",
    close: "Close",
    fullValue: (value: string, dtype: string) => `all digits: ${value} (${dtype})`,
  },
};

export type Text = typeof en;
