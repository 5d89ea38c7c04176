// The errors that cross_entropy and nll_loss raise, found in whatever surrounds them: tracebacks, logs, notebooks. PyTorch
// 1.13 to 2.14 on CPU and CUDA, a few of its older ones that are still asked about, and what Keras and TensorFlow say.

import type { ErrorText } from "./types.ts";

interface Known {
  readonly id: string;
  /**
   * What it says: {int NAME}, {sizes NAME}, {word NAME} and the like are what stands in it. The form that says more comes first.
   */
  readonly says: readonly string[];
  /** Words that others use too: these count only in a text that this is in. */
  readonly within?: RegExp;
  /** A warning, or what only says that something failed: an error in the same text says more. */
  readonly vague?: true;
}

const A_LOSS = /cross_?entropy|nll_?loss|log_softmax/i;

export const KNOWN_ERRORS: readonly Known[] = [
  // ---- labels ----
  { id: "target-out-of-bounds", says: ["Target {int target} is out of bounds", "Target {character} is out of bounds"] },
  {
    id: "target-out-of-range", // TensorFlow's, which knows how many classes there are
    says: ["Received a label value of {int target} which is outside the valid range of [0, {int classes})"],
  },
  {
    id: "target-assertion",
    says: ["t", "cur_target", "target"].flatMap((t) =>
      [`${t} >= 0 && ${t} < n_classes`, `${t} < n_classes`].flatMap((condition) => [
        `{file file}:{int line}:{any}Assertion \`${condition}\` failed`,
        `Assertion \`${condition}\` failed`,
      ]),
    ),
  },
  {
    id: "device-side-assert",
    vague: true,
    says: ["CUDA error: device-side assert triggered", "device-side assert triggered"],
  },

  // ---- dtypes ----
  {
    id: "target-dtype",
    says: [
      "expected target dtype to be Long or Byte, but got {word got}",
      "expected scalar type Long but found {word got}",
      "Expected object of scalar type Long but got scalar type {word got} for argument #2 'target'",
      "Expected object of type torch.LongTensor but found type torch.{word got}Tensor for argument #2 'target'",
      "Expected object of type torch.cuda.LongTensor but found type torch.cuda.{word got}Tensor for argument #2 'target'",
      `"{index_kernel kernel}" not implemented for '{word got}'`,
    ],
  },
  {
    id: "target-not-floating",
    says: ["Expected floating point type for target with class probabilities, got {word got}"],
  },
  { id: "logits-dtype", says: [`"{kernel kernel}" not implemented for '{word got}'`] },
  { id: "weight-dtype", within: A_LOSS, says: ["expected scalar type {word expected} but found {word got}"] },

  // ---- shapes ----
  {
    id: "multi-target",
    says: ["0D or 1D target tensor expected, multi-target not supported", "multi-target not supported"],
  },
  {
    id: "batch-size",
    says: [
      "Expected input batch_size ({int input}) to match target batch_size ({int target})",
      "only batches of spatial inputs supported (4D tensors), but got input of size: {sizes size}",
    ],
  },
  { id: "target-size", says: ["Expected target size {sizes expected}, got {sizes target}"] },
  {
    id: "size-mismatch",
    says: [
      "size mismatch (got input: {sizes input} , target: {sizes target}",
      "input and target batch or spatial sizes don't match: target {sizes target}, input {sizes input}",
    ],
  },
  {
    id: "spatial-target",
    says: [
      "only batches of spatial targets supported (3D tensors) but got targets of dimension: {int dimensions}",
      "only batches of spatial targets supported (3D tensors) but got targets of size: : {sizes target}",
    ],
  },
  {
    id: "single-target-size",
    says: ["For 1D input, 1D target must have size 1, but got target size: {int target}"],
  },
  {
    id: "no-class-axis",
    within: A_LOSS,
    says: [
      "Dimension out of range (expected to be in range of [-1, 0], but got 1)",
      "Dimension specified as 1 but tensor has no dimensions",
      "Expected 1 or more dimensions (got 0)",
    ],
  },

  // ---- options and what is no tensor ----
  {
    id: "weight-size",
    says: [
      "weight tensor should be defined either for all {int classes} classes or no classes but got weight tensor of shape: {sizes weight}",
      "weight tensor should be defined either for all or no classes",
    ],
  },
  { id: "ignore-index-probabilities", says: ["ignore_index is not supported for floating point target"] },
  { id: "label-smoothing", says: ["label_smoothing must be between 0.0 and 1.0. Got: {number got}"] },
  { id: "reduction", says: ["{word got} is not a valid value for reduction"] },
  {
    id: "not-a-tensor",
    says: [
      "cross_entropy_loss(): argument '{word argument}' (position {int position}) must be Tensor, not {word got}",
      "nll_loss_nd(): argument '{word argument}' (position {int position}) must be Tensor, not {word got}",
      "'{word got}' object has no attribute 'log_softmax'",
    ],
  },
  {
    id: "devices",
    within: A_LOSS,
    says: [
      "Expected all tensors to be on the same device, but found at least two devices, {device first} and {device second}! (when checking argument for argument {word argument} in method {loss_method method})",
      "Expected all tensors to be on the same device, but got {word argument} is on {device first}, different from other tensors on {device second} (when checking argument in method {loss_method method})",
    ],
  },

  // ---- Keras and TensorFlow ----
  { id: "keras-shapes", says: ["Shapes {sizes target} and {sizes output} are incompatible"] },
  {
    id: "keras-target-output",
    says: [
      "Arguments `target` and `output` must have the same shape. Received: target.shape={sizes target}, output.shape={sizes output}",
      "Arguments `target` and `output` must have the same rank (ndim). Received: target.shape={sizes target}, output.shape={sizes output}",
      "Arguments `target` and `output` must have the same shape up until the last dimension: target.shape={sizes target}, output.shape={sizes output}",
      "A target array with shape {sizes target} was passed for an output of shape {sizes output} while using as loss `{word loss}`",
      "`logits` and `labels` must have the same shape, received ({sizes output} vs {sizes target})",
    ],
  },
  {
    id: "tf-labels-shape",
    says: [
      "logits and labels must have the same first dimension, got logits shape {sizes logits} and labels shape {sizes labels}",
      "`labels.shape` must equal `logits.shape` except for the last dimension. Received: labels.shape={sizes labels} and logits.shape={sizes logits}",
    ],
  },
  {
    id: "tf-broadcastable",
    says: ["logits and labels must be broadcastable: logits_size={sizes logits} labels_size={sizes labels}"],
  },
  {
    id: "tf-labels-rank",
    says: [
      "Rank mismatch: Rank of labels (received {int labels}) should equal rank of logits minus 1 (received {int logits})",
    ],
  },
  {
    id: "keras-from-logits",
    vague: true,
    says: [
      "`{crossentropy loss}` received `from_logits=True`, but the `output` argument was produced by a {activation activation} activation and thus does not represent logits",
    ],
  },
  {
    id: "softmax-without-dim",
    vague: true,
    says: ["Implicit dimension choice for {word function} has been deprecated"],
  },
];

// ---- from what it says to what finds it ----

// In a text whose blanks are single (withoutMarkup), so that nothing here can take longer than the text is long.

/** A terminal wraps a line wherever it is full, in a word and in a number too. */
const WRAP = "\\n?";
const DIGITS = `\\d(?:${WRAP}\\d)*`;

const KINDS: Readonly<Record<string, string>> = {
  int: `-?${DIGITS}`,
  number: `-?(?:inf|nan|${DIGITS}(?:\\.${DIGITS})?(?:e[+-]?\\d+)?)`,
  // [2, 3], (None, 3), torch.Size([2, 3]), []
  sizes: "(?:torch\\.Size\\()?[[(][\\d\\s,Noe]*[\\])]\\)?",
  // How uint8 is printed there.
  character: "\\S?",
  word: "\\w+",
  any: "[^`]{0,400}?",
  file: "\\w+\\.(?:cu|cpp|c|h|hip|cuh)",
  device: "\\w+(?::\\d+)?",
  kernel: "(?:log_softmax|softmax|host_softmax|cross_entropy|nll_loss)\\w*",
  // The kernels that are made for the target's types, not the logits'.
  index_kernel: "nll_loss\\w*_index",
  loss_method: "\\w*(?:nll_loss|cross_entropy)\\w*",
  crossentropy: "\\w*crossentropy",
  activation: "[\\w ]+?",
};

interface Form {
  /** Its longest words, without blanks and quotes: looking for these first is fifty times faster. */
  readonly stem: string;
  readonly find: RegExp;
}
interface Finder extends Known {
  readonly forms: readonly Form[];
}

let finders: readonly Finder[] | undefined;

/** Made when the first text is read, not when the page starts. */
function findersOfAll(): readonly Finder[] {
  finders ??= KNOWN_ERRORS.map((known) => ({ ...known, forms: known.says.map(form) }));
  return finders;
}

function form(says: string): Form {
  const parts = says.split(/(\{[^}]+\})/);
  const stems = parts.filter((part) => !part.startsWith("{")).map(stem);
  const source = parts.map((part) => (part.startsWith("{") ? placeholder(part) : literal(part))).join("");
  return {
    stem: stems.reduce((longest, one) => (one.length > longest.length ? one : longest)),
    // A word at the end of what is said is read to its own end.
    find: new RegExp(`(?<!\\w)${source}${says.endsWith("}") ? "(?!\\w)" : ""}`, "gi"),
  };
}

const stem = (text: string) => text.replace(/[\s`'"‘’“”]+/g, "").toLowerCase();

function placeholder(part: string): string {
  const [kind = "", name] = part.slice(1, -1).split(" ");
  return name ? `(?<${name}>${KINDS[kind]})` : `${KINDS[kind]}`;
}

/** Quotes come as any quote, or have been taken for Markdown's. */
function literal(text: string): string {
  return [...text]
    .map((letter) => {
      if (letter === " ") return "\\s?";
      if (/[`'"]/.test(letter)) return "[`'\"‘’“”]?";
      return letter.replace(/[.*+?^${}()|[\]\\]/, "\\$&") + WRAP;
    })
    .join("");
}

/** Two words in a row, which all that is said has, and a print of numbers has not: those are let go at once. */
const PROSE = /(?<![a-z])(?!nan|inf|true|false)[a-z]{2,}['"`]?\s+['"`]?(?!nan|inf|true|false)[a-z]{2,}/i;

/**
 * What of it is there, in the text of an error with anything around it, ANSI colours and HTML in it, lines broken anywhere;
 * null: no error that cross_entropy is known for. Of several the last, which is what a session ended with.
 */
export function readErrorText(text: string): ErrorText | null {
  if (!PROSE.test(text)) return null;
  const plain = withoutMarkup(text);
  const letters = stem(plain);
  let best: { readonly known: Known; readonly match: RegExpExecArray } | null = null;
  for (const known of findersOfAll()) {
    if (known.within && !known.within.test(plain)) continue;
    const match = lastMatch(known, plain, letters);
    if (!match) continue;
    const isClearer = best === null || Boolean(best.known.vague) > Boolean(known.vague);
    const isAsClear = best !== null && Boolean(best.known.vague) === Boolean(known.vague);
    if (isClearer || (isAsClear && best && match.index > best.match.index)) best = { known, match };
  }
  if (best === null || (best.known.id === "device-side-assert" && /Assertion ?[`'"‘]/i.test(plain))) return null;
  return {
    id: best.known.id,
    text: best.match[0].replace(/\s+/g, " ").trim(),
    numbers: Object.fromEntries(
      Object.entries(best.match.groups ?? {}).map(([name, value]) => [name, valueIn(value ?? "")]),
    ),
  };
}

const TRACEBACK = /Traceback \(most recent call last\)/;
/** The line that an error says what it is in, or a failed assertion. */
const RAISED =
  /^[>|E \t]{0,20}(?:\w+\.)*\w+(?:Error|Exception|Interrupt)(?=:|\s*$)|^.*Assertion ?[`'"]|[\w.]{0,80}\w(?:Error|Exception): /;
/** Numbers in brackets, or a row of them. */
const NUMBERS = /[[(](?!\[?\{\{node)|^\s*[-+.\d]/;

/** The text with blanks where errors stand in it, as many as before; and where the line of the last one begins. */
export function withoutErrors(
  text: string,
  error: ErrorText | null,
): { readonly rest: string; readonly raised: number | null } {
  if (!PROSE.test(text)) return { rest: text, raised: null };
  const known = error && stem(error.text).slice(0, 24);
  let raised: number | null = null;
  let at = 0;
  let isTrace = false;
  let goesOn = false;
  /** Nothing is left out behind a traceback that has no end. */
  let kept = 0;
  const lines = text.split("\n");
  const rest = lines.map((line, i) => {
    const begin = at;
    at += line.length + 1;
    const own = RAISED.exec(line);
    const isRaised = own !== null || (known !== null && stem(line).includes(known));
    // Words before it may say more.
    const from = own?.index ?? 0;
    if (isRaised) raised = begin + from + line.slice(from).search(/\S/);
    const isRule = /^-{20,}\s*$/.test(line) && TRACEBACK.test(lines[i + 1] ?? "");
    isTrace = !isRaised && (isTrace || isRule || TRACEBACK.test(line));
    goesOn = isRaised || (goesOn && line.trim() !== "" && !NUMBERS.test(line));
    if (!isTrace) kept = i + 1;
    return isTrace || goesOn ? line.slice(0, from) + line.slice(from).replace(/\S/g, " ") : line;
  });
  return { rest: [...rest.slice(0, kept), ...lines.slice(kept)].join("\n"), raised };
}

/** The last that it says; said in several forms at one place, the first of them. */
function lastMatch({ forms }: Finder, text: string, letters: string): RegExpExecArray | null {
  let last: RegExpExecArray | null = null;
  for (const { stem, find } of forms) {
    if (!letters.includes(stem)) continue;
    for (const match of text.matchAll(find)) {
      if (!last || match.index + match[0].length > last.index + last[0].length) last = match;
    }
  }
  return last;
}

/** The text without ANSI's codes, also where they are written out, or have lost their escape. */
export function withoutColours(text: string): string {
  return text.replaceAll("\u001b", "").replace(/(?:\\u001b|\\x1b|\\033|\^\[)?\[(?:\d{1,3};)*\d{1,3}m/gi, "");
}

/** The text as a terminal shows it, with single blanks. */
function withoutMarkup(text: string): string {
  return withoutColours(text)
    .replace(/\\n/g, "\n") // of a notebook's JSON
    .replace(/\\(["'`])/g, "$1")
    .replace(/<\/?(?:span|pre|div|code|p|b|i|em|strong|font|a|tt|samp|td|tr|li)(?:\s[^<>]*)?>/gi, "")
    .replace(/<br ?\/?>/gi, "\n")
    .replace(/&nbsp;|&#160;/g, " ")
    .replace(/&lt;|&#60;/g, "<")
    .replace(/&gt;|&#62;/g, ">")
    .replace(/&quot;|&#34;|&#39;|&#x27;|&apos;|&#96;/g, "'")
    .replace(/&amp;|&#38;/g, "&")
    .replace(/[^\S\n\r]+/g, " ")
    .replace(/ ?[\r\n]+ ?(?:[\r\n]+ ?)*/g, "\n")
    .replace(/^(?:> ?)+|^E |^\| /gm, ""); // a quoted mail, pytest, a table
}

/** A whole number as one, sizes as a list; what a number cannot hold, or has a None in it, as it was written. */
function valueIn(written: string): number | string | readonly number[] {
  const joined = written.replace(/\n/g, "");
  const sizes = /^(?:torch\.Size\()?[[(]([\d ,]*)[\])]\)?$/.exec(joined)?.[1];
  if (sizes !== undefined) return sizes.match(/\d+/g)?.map(Number) ?? [];
  const number = Number(joined);
  return /^-?[\d.]+(?:e[+-]?\d+)?$/.test(joined) && (joined.includes(".") || Number.isSafeInteger(number))
    ? number
    : joined;
}
