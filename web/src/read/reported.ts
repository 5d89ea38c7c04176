// Numbers in a sentence or in the lines of a training log: "my loss is stuck at 1.4612, C = 10, accuracy 99 %". Every number
// has to belong to something that is known; words without numbers say what they like.

import { withoutColours } from "./error-text.ts";
import { halfWidth } from "./number.ts";
import type { Reported, Rounded } from "./types.ts";

type Role = "loss" | "accuracy" | "classes" | "other";
/** What is not said to be of other data is of the training's. */
type Split = "train" | "val" | "test";

interface Name {
  readonly role: Role;
  readonly split: Split;
}

interface Said extends Name {
  readonly value: Rounded;
  /** The line it stands in, and what that says up to it, without its numbers. */
  readonly line: number;
  readonly before: string;
}

interface Token {
  readonly kind: Kind;
  readonly text: string;
}

type Kind = keyof typeof KINDS;

/** A word of Latin letters is whole; Chinese has no blanks around its words. */
const word = (words: string) => `(?:${words})(?![a-z_])`;

const NOT_LOWER =
  "(?:go|get|drop|fall|decrease|come|goes|gets|drops|falls|decreases|comes)(?: down| any lower)?(?: below| under| lower than| past)?";
const NOT_ZERO = String.raw`(?:reach|be|become|(?:go|get|drop|fall|converge|decrease)(?: down)? to) (?:0|zero)(?![.\d])`;

/** The first that matches is what stands there. */
const KINDS = {
  blank: String.raw`[^\S\n]+`,
  newline: String.raw`\n`,
  split:
    "(?:train(?:ing|ed)?|val(?:id(?:ation)?)?|test(?:ing)?|eval(?:uation)?|dev)(?:_|(?![a-z]))" +
    "|训练集?|验证集?|测试集?",
  lossName: `${word(String.raw`(?:(?:avg|average|mean|running|total|final|ce|nll|cross[ _-]?entropy)[\s_.-]*)*(?:loss(?:es|_ce|_step|_epoch)?|cross[ _-]?entropy)`)}|(?:平均)?(?:损失|交叉熵)(?:函数|值|损失)*`,
  otherAccuracy: String.raw`top[ -]?(?:[2-9]|\d\d)\d*[\s_-]*(?:acc\w*|准确率)?|acc\w*@(?:[2-9]|\d\d)\d*`,
  accuracyName: `${word(String.raw`(?:(?:avg|average|mean|top[ -]?1|categorical|sparse_categorical)[\s_.-]*)*(?:acc(?:uracy)?(?:@1|_?top1|_step|_epoch)?)`)}|(?:平均)?(?:准确率|正确率|准确度|精确度|精度)`,
  classesName: `${word(String.raw`(?:num|n|nb|number)[ _]*(?:of[ _]+)?(?:classes|labels|categories)|c(?=\s*[=:])|classes(?=\s*[=:])`)}|类别数目?|分类数目?|类数`,
  classUnit: `-?${word("class(?:es)?|way|labels|categories")}|个?(?:不同的)?(?:类别|分类|类|标签)`,
  otherName: `${word(
    "epochs?|(?:global_)?steps?|iter(?:ation)?s?|batch(?:es)?(?:[ _-]?(?:size|idx))?|bs|n|lr|learning[ _-]?rate|seed|time|eta|grad(?:ient)?[ _-]?norm|v_num|gpus?|\\w*(?:runtime|per_second)|precision|recall|f1|auc|perplexity|ppl",
  )}|第|学习率|批次|批大小|步数`,
  otherUnit: String.raw`(?:epochs?|steps?|iter(?:ation)?s?|batches|hours?|hrs?|h|minutes?|mins?|seconds?|secs?|s|samples|images|(?:it|s|ms|us)(?:\/(?:s|it|step|epoch|sample|batch))?)(?![\w/])|个?epoch|轮|步|个?批次|次迭代|小时|分钟|秒|张图?`,
  zero: String.raw`(?:do|does|did|will|would|can|could|wo|ca)(?:n'?t| ?not) ${NOT_ZERO}|never (?:reaches|goes to|gets to|drops to|falls to) (?:0|zero)(?![.\d])|(?:降|到|下)不(?:到|了|为)\s*(?:零|0)(?![.\d])`,
  link: `${word(
    [
      "is|was|are|has|have|had|been|being|it|its|then|but|there|that|which|at|around|about|near|close|to|on|of|an?|the|my",
      "values?|equals?|equal|approximately|approx|roughly|only|still|always|constant(?:ly)?|just|now|currently|already|exactly|minimum|min|lowest|floor|function|score",
      "stays?|staying|stayed|remains?|remained|sits?|oscillat(?:es|ing|ed)|fluctuat(?:es|ing|ed)|converg(?:es|ed|ing)|stops?|stopped|settles?|settled|levels?|flattens?|off|out|keeps?",
      "(?:decreas|reduc)(?:es|ed|ing)|drops?|dropped|falls?|fell|goes|went|gets?|got|comes?|came|reach(?:es|ed)|down",
      `(?:do|does|did|will|would|can|could|wo|ca)(?:n'?t| ?not) ${NOT_LOWER}|never ${NOT_LOWER}`,
      "model|network|net|classifier|cnn|mlp|lstm|pytorch|keras|this|our|every|each|so|very|even|though|although|however|while|i|we|get|see|have",
      String.raw`(?:torch\.)?tensor|np\.float\d+`,
    ].join("|"),
  )}|${[
    "模型|网络|我的|我们|我|虽然|可是|但是|不过|不管|一直|始终|总是|老是|只能|只有|维持|保持|稳定|徘徊|震荡|波动|收敛|不下降|降不下去|下不去|不动|不变|不降|死活|怎么也|大约|大概|差不多|接近|将近|函数|附近|左右|已经|现在|目前|最后|最终|最低|等于|下降|留",
    "就|都|也|总|只|降|一共|总共|在|为|是|有|约|值|的|了|到|至|于|达|高|已|却|但|而|再|共",
  ].join("|")}`,
  stuck: `${word("stuck|plateaus?|plateaued|plateauing|hovers?|hovering|hovered")}|卡住?|停留?`,
  adjunct: `${word("for|with|in|after|over|during|by")}|经过|训练了|用|对于`,
  from: `${word("from")}|从`,
  slash: String.raw`\/`,
  percent: "%|percent|per cent",
  number: String.raw`(?:(?<![\w.)-])[+-])?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?(?![\w.]*\d)|(?:(?<![\w.)-])[+-])?(?:inf|nan)(?!\w)`,
  stop: "[.。;；!！?？]",
  and: `${word("and")}|[和与及、&,，]`,
  mark: String.raw`->|[:=~≈→："'*\x60)\[\]{}|•—–]|-(?!\d)`,
  open: String.raw`\(`,
  word: String.raw`[a-z_][\w@.-]*\w|[a-z_]`,
  unknown: String.raw`[\s\S]`,
} as const;

const TOKEN = new RegExp(
  Object.entries(KINDS)
    .map(([kind, source]) => `(?<${kind}>${source})`)
    .join("|"),
  "yi",
);

/** What only logs have. It goes with all that is in it. */
const FURNITURE: readonly RegExp[] = [
  /\d{4}[-/]\d\d[-/]\d\d(?:[ T]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?)?/g, // dates
  /\[ *\d+ *\/ *\d+(?: *\(\d+(?:\.\d+)?%\))? *\]/g, // [3200/60000 (5%)]
  /^ *\[ *\d+ *, *\d+ *\](?= *[a-z])/gim, // [1,  2000] loss: of PyTorch's tutorial
  /\d+% ?\|[^|\n]*\| *\d+\/\d+/g, // tqdm
  /\[[\d:?]*<[\d:?]*, *[\d.?]+ *(?:it\/s|s\/it)/g,
  /(?<![\d:.])\d{1,3}:\d\d(?::\d\d)?(?:[.,]\d+)?(?![\d:])/g, // times
  /\d+\/\d+ *(?:\[[=>. ]*\]|[━╸╺─]+)/g, // Keras
  /^\d+\/\d+(?= *- )/gm,
  /, *(?:device='[^']*'|grad_fn=<\w+>|dtype=[\w.]+|requires_grad=\w+)/g, // of a printed tensor
];

const NUMBER_WORDS: ReadonlyMap<string, number> = new Map(
  ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    .map((word, i) => [word, i + 2] as const)
    .concat(
      [..."二三四五六七八九十"].map((word, i) => [word, i + 2] as const),
      [["两", 2]],
    ),
);
const LARGER_NUMBER_WORDS = /^(hundred|thousand|[一二两三四五六七八九十百千万零])$/;

/** What a text reports of a loss; null: it is not understood, or is nothing of the kind. */
export function readReported(text: string): Reported | null {
  if (text.length > 65536) return null;
  const plain = FURNITURE.reduce(
    (rest, furniture) => rest.replace(furniture, " "),
    halfWidth(withoutColours(text.trim())).replace(/\r\n?/g, "\n"),
  );
  const tokens = tokensOf(plain);
  if (tokens.length === 1 && tokens[0]?.kind === "number" && tokens[0].text.includes(".")) {
    return { loss: rounded(tokens[0].text), accuracy: null, classes: null };
  }
  const said = allSaid(tokens);
  return said && summary(said);
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let start = 0; start < text.length; ) {
    TOKEN.lastIndex = start;
    const match = TOKEN.exec(text) as RegExpExecArray; // what is unknown is a token too
    const [kind = "unknown"] = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined) ?? [];
    if (kind !== "blank") tokens.push({ kind: kind as Kind, text: match[0].toLowerCase() });
    start += match[0].length;
  }
  return tokens;
}

const SAYS_NOTHING: ReadonlySet<Kind> = new Set(["link", "mark", "open", "and", "zero"]);

const ROLES: Partial<Record<Kind, Role>> = {
  lossName: "loss",
  accuracyName: "accuracy",
  classesName: "classes",
  otherName: "other",
  otherAccuracy: "other",
};

/** Goes through the tokens once; null: a number is left over, or could mean two things. */
function allSaid(tokens: readonly Token[]): Said[] | null {
  const listener = new Listener(tokens);
  for (let at: number | null = 0; at < tokens.length; ) {
    at = listener.hear(at);
    if (at === null) return null;
  }
  return listener.isOwed ? null : listener.said;
}

class Listener {
  readonly said: Said[] = [];
  /** Behind "from 2.3": its "to 1.46" is to come. */
  isOwed = false;
  /** Whose number is awaited. */
  #name: Name | null = null;
  #split: Split = "train";
  /** Behind "with", "after" …: a number here says by its unit what it is. */
  #isAdjunct = false;
  #line = 1;
  #before = "";

  readonly #tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** Where to go on; null: not understood. */
  hear(at: number): number | null {
    const { kind, text } = this.#tokens[at] as Token;
    const role = ROLES[kind];
    this.#before += kind === "number" ? "0 " : `${text} `;
    if (role) return this.#hearName(role, at);
    if (kind === "number") return this.#hearNumber(text, at);
    if (kind === "split") {
      if (this.#name && this.#kind(at - 1) === "open") this.#name = { ...this.#name, split: splitOf(text) };
      else this.#split = splitOf(text);
    } else if (kind === "stuck") {
      this.#name ??= { role: "loss", split: this.#split };
    } else if (kind === "adjunct") {
      this.#isAdjunct = true;
    } else if (kind === "from" && this.#name && this.#kind(at + 1) === "number") {
      this.isOwed = true;
      return at + 2;
    } else if (NUMBER_WORDS.has(text) && this.#kind(at + 1) === "classUnit") {
      if (LARGER_NUMBER_WORDS.test(this.#tokens[at - 1]?.text ?? "")) return null;
      this.#say({ role: "classes", split: "train" }, { value: NUMBER_WORDS.get(text) as number, decimals: 0 });
      return at + 2;
    } else if (!SAYS_NOTHING.has(kind)) {
      if (this.isOwed || (kind !== "word" && /\d/.test(text))) return null;
      this.#name = null;
      this.#forget();
      if (kind === "newline") {
        this.#line++;
        this.#before = "";
      }
    }
    return at + 1;
  }

  #hearName(role: Role, at: number): number | null {
    // "loss/accuracy: 0.5/0.9"
    const isOneOfTwo = ["and", "slash"].includes(this.#kind(at - 1)) && ROLES[this.#kind(at - 2)];
    if (this.isOwed || (this.#name && isOneOfTwo)) return null;
    this.#name = { role, split: this.#split };
    this.#forget();
    return at + 1;
  }

  #hearNumber(text: string, at: number): number | null {
    const [name, isAdjunct] = [this.#name, this.#isAdjunct];
    const next = this.#kind(at + 1);
    this.#forget();
    if (next === "percent") return this.#hearPercent(rounded(text, 2), at + 2);
    if (name?.role === "accuracy" && next === "slash") return this.#hearFraction(name, at);
    if (next === "classUnit") {
      this.#say({ role: "classes", split: "train" }, rounded(text));
      if (name?.role === "classes") this.#name = null;
      return at + 2;
    }
    if (next === "otherUnit" || (next === "otherName" && (isAdjunct || !name))) return at + 2;
    if (!name || isAdjunct) return null;
    this.#say(name, rounded(text));
    this.#name = null;
    this.isOwed = false;
    const isOf = name.role === "other" && /^(\/|of)$/.test(this.#tokens[at + 1]?.text ?? "");
    return isOf && this.#kind(at + 2) === "number" ? at + 3 : at + 1;
  }

  /** "accuracy 99 %", or "99 % train accuracy". */
  #hearPercent(value: Rounded, after: number): number | null {
    let at = after;
    let split: Split = "train";
    for (; ["link", "split"].includes(this.#kind(at)); at++) {
      if (this.#kind(at) === "split") split = splitOf(this.#tokens[at]?.text ?? "");
    }
    if (this.#name?.role !== "accuracy" && this.#kind(at) === "accuracyName") {
      this.#say({ role: "accuracy", split }, value);
      return at + 1;
    }
    if (this.#name?.role !== "accuracy" && this.#name?.role !== "other") return null;
    this.#say(this.#name, value);
    this.#name = null;
    return after;
  }

  /** Accuracy: 9820/10000 (98%) */
  #hearFraction(name: Name, at: number): number | null {
    const kinds = this.#tokens.slice(at, at + 6).map(({ kind }) => kind);
    if (kinds.join() !== "number,slash,number,open,number,percent") return null;
    this.#say(name, rounded(this.#tokens[at + 4]?.text ?? "", 2));
    this.#name = null;
    return at + 6;
  }

  #say(name: Name, value: Rounded): void {
    this.said.push({ ...name, value, line: this.#line, before: this.#before });
  }

  #forget(): void {
    this.#split = "train";
    this.#isAdjunct = false;
  }

  #kind(at: number): Kind {
    return this.#tokens[at]?.kind ?? "newline";
  }
}

/** As it was written, its point moved to the left by so many places. */
function rounded(written: string, places = 0): Rounded {
  const [digits = "", exponent = "0"] = written.split("e");
  if (/inf|nan/.test(written)) {
    return { value: Number(written.replace("inf", "Infinity").replace("nan", "NaN")), decimals: 0 };
  }
  const shift = Number(exponent) - places;
  return { value: Number(`${digits}e${shift}`), decimals: Math.max(0, (digits.split(".")[1]?.length ?? 0) - shift) };
}

function splitOf(written: string): Split {
  if (/^(train|训)/.test(written)) return "train";
  return /^(test|测)/.test(written) ? "test" : "val";
}

const SPLITS: readonly Split[] = ["train", "val", "test"];

/** Of several kinds of data the training's, of the lines of a log the last. */
function summary(said: readonly Said[]): Reported | null {
  const losses = said.filter(({ role }) => role === "loss");
  const accuracies = said.filter(({ role }) => role === "accuracy");
  const [split] = SPLITS.filter((one) => (losses.length > 0 ? losses : accuracies).some((said) => said.split === one));
  const loss = lastOf(losses.filter((said) => said.split === split));
  const accuracy = lastOf(accuracies.filter((said) => said.split === split));
  const classes = [...new Set(said.filter(({ role }) => role === "classes").map(({ value }) => value.value))];
  // An accuracy on other data than the loss says nothing of it.
  const isOfOther = accuracies.length > 0 && accuracy === null;
  const isBad =
    loss === undefined ||
    accuracy === undefined ||
    isOfOther ||
    classes.length > 1 ||
    classes.some((C) => !Number.isInteger(C) || C < 1) ||
    (accuracy !== null && !(accuracy.value >= 0 && accuracy.value <= 1));
  if (isBad || !(loss || accuracy || classes.length > 0)) return null;
  return { loss, accuracy, classes: classes[0] ?? null };
}

/** null: there is none; undefined: there are several, and not in the lines of one log. */
function lastOf(said: readonly Said[]): Rounded | null | undefined {
  const last = said.at(-1);
  if (!last) return null;
  const isLog = said.every(
    ({ before, line }, i) => before === last.before && (i === 0 || line > (said[i - 1]?.line ?? 0)),
  );
  return isLog || said.every(({ value }) => value.value === last.value.value) ? last.value : undefined;
}
