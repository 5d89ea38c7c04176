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
  /** null: it is not said. */
  readonly split: Split | null;
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

const RIGHT_THINGS = "(?:predictions?|samples?|examples?|images?|labels?|outputs?|data)";
const ALL_RIGHT = {
  en: `(?:(?:all|every)(?: of)?(?: the| my| its)?(?: \\d+)?(?: training| test)? ${RIGHT_THINGS}(?: (?:is|are|were|get|gets|been))*|everything(?: is)?|${RIGHT_THINGS} (?:is|are|were) all)(?: (?:predicted|classified))? (?:right|correct(?:ly)?)(?! if)|perfect accuracy`,
  zh: "(?:(?:全部|全都|所有|每个|每一个)的?(?:样本|预测|结果|分类|标签)*|(?:样本|预测|结果|分类)*(?:都|全部|全都|全|完全))(?:都|全部|全)?(?:预测|分类|分)?(?:是|得)?(?:正确|对)[的了]*",
};
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
  classesName: `${word(String.raw`(?:num|n|nb|number)[ _]*(?:of[ _]+)?(?:classes|labels|categories)|c(?=\s*[=:])|(?<!\d[ -]?)classes(?=\s*(?:[=:]|\d))`)}|类别数目?|分类数目?|类数|类别(?=[ =:]*\\d)`,
  classUnit: `-?${word("(?:(?:output|different|distinct|target|possible|balanced)[ -])?(?:class(?:es)?|way|labels|categories|outputs|neurons|logits|digits)")}|个?(?:不同的)?(?:类别|分类|类|标签|输出)`,
  // What is not so of all, or is only supposed.
  supposed: `(?:not|nearly|almost|if|when|until) (?:${ALL_RIGHT.en})|(?:不是|并非|没有?|几乎|差不多|基本上?|如果|只有)(?:${ALL_RIGHT.zh})`,
  allRight: `${ALL_RIGHT.en}|${ALL_RIGHT.zh}|百分之?百(?:正确)?`,
  right: `(?:(?:of )?(?:the |my |all )?${RIGHT_THINGS} )?${word("(?:are |were |is )?(?:predicted |classified )?(?:correct(?:ly)?|right)(?: predictions?)?")}|的?(?:样本|预测|分类)*都?(?:正确|对)了?`,
  otherName: `${word(
    "epochs?|(?:global_)?steps?|iter(?:ation)?s?|batch(?:es)?(?:[ _-]?(?:size|idx))?|bs|n|lr|learning[ _-]?rate|seed|time|eta|grad(?:ient)?[ _-]?norm|v_num|gpus?|\\w*(?:runtime|per_second)|precision|recall|f1|auc|perplexity|ppl",
  )}|第|学习率|批次|批大小|步数`,
  otherUnit: String.raw`(?:epochs?|steps?|iter(?:ation)?s?|batches|hours?|hrs?|h|minutes?|mins?|seconds?|secs?|s|samples|images|(?:it|s|ms|us)(?:\/(?:s|it|step|epoch|sample|batch))?)(?![\w/])|个?epoch|轮|步|个?批次|次迭代|小时|分钟|秒|张图?`,
  zero: String.raw`(?:(?:and |but )?not|instead of|rather than|而?不(?:是|为|等于))\s*(?:0|zero|零)(?![.\d])|(?:do|does|did|will|would|can|could|wo|ca)(?:n'?t| ?not) ${NOT_ZERO}|never (?:reaches|goes to|gets to|drops to|falls to) (?:0|zero)(?![.\d])|(?:降|到|下)不(?:到|了|为)\s*(?:零|0)(?![.\d])`,
  link: `${word(
    [
      "is|was|are|has|have|had|been|being|it|its|then|but|there|that|which|at|around|about|near|close|to|on|of|an?|the|my",
      "values?|equals?|equal|negative|positive|very|too|high|low|large|small|approximately|approx|roughly|only|still|always|constant(?:ly)?|just|now|currently|already|exactly|minimum|min|lowest|floor|function|score",
      "stays?|staying|stayed|remains?|remained|sits?|oscillat(?:es|ing|ed)|fluctuat(?:es|ing|ed)|stops?|stopped|settles?|settled|levels?|flattens?|off|out|keeps?|becomes?|became|turns?|turned|gives?|gave|returns?|me|us|nn",
      "(?:decreas|reduc)(?:es|ed|ing)|drops?|dropped|falls?|fell|goes|went|gets?|got|comes?|came|reach(?:es|ed)|down",
      `(?:do|does|did|will|would|can|could|wo|ca)(?:n'?t| ?not) ${NOT_LOWER}|never ${NOT_LOWER}`,
      "model|network|net|classifier|cnn|mlp|lstm|pytorch|keras|mnist|imagenet|cifar[ -]?10+|this|our|every|each|so|very|even|though|although|however|while|i|we|get|see|have",
      String.raw`(?:torch\.)?tensor|np\.float\d+`,
    ].join("|"),
  )}|${[
    "模型|网络|我的|我们|我|虽然|可是|但是|不过|不管|一直|始终|总是|老是|只能|只有|维持|保持|稳定|徘徊|震荡|波动|不下降|降不下去|下不去|不动|不变|不降|死活|怎么也|大约|大概|差不多|接近|将近|函数|附近|左右|已经|现在|目前|最后|最终|最低|等于|下降|留|依然|依旧|还是|还有|变成|变为|提升|提高|成了|负数|负的",
    "就|都|也|还|仍|总|只|降|一共|总共|在|为|是|有|约|值|的|了|到|至|于|达|高|已|却|但|而|再|共",
  ].join("|")}`,
  stuck: `${word("stuck|plateaus?|plateaued|plateauing|hovers?|hovering|hovered|stagnat(?:es|ing|ed)|bottoms|saturat(?:es|ed)|converg(?:es|ed|ing)")}|卡住?|停留?|收敛`,
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
  /\[ *(?:epoch|step|iter)[^\]\n]{0,40}\]/gi, // [epoch 5]
  /^ *\[ *\d+ *, *\d+ *\](?= *[a-z])/gim, // [1,  2000] loss: of PyTorch's tutorial
  /\d+% ?\|[^|\n]*\| *\d+\/\d+/g, // tqdm
  /\[[\d:?]*<[\d:?]*, *[\d.?]+ *(?:it\/s|s\/it)/g,
  /(?<![\d:.])\d{1,3}:\d\d(?::\d\d)?(?:[.,]\d+)?(?![\d:])/g, // times
  /\d+\/\d+ *(?:\[[=>. ]*\]|[━╸╺─]+)/g, // Keras
  /^\d+\/\d+(?= *- )/gm,
  /(?<=(?:at|to|around) )(?:ln|log) *\( *\d+ *\) *[=≈] */gi, // at ln(10) = 2.3026
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

/** A log's text without its dates, bars and counts. */
export function withoutFurniture(text: string): string {
  return FURNITURE.reduce((rest, furniture) => rest.replace(furniture, " "), text);
}

/** What a text reports of a loss; null: it is not understood, or is nothing of the kind. */
export function readReported(text: string): Reported | null {
  if (text.length > 65536) return null;
  const plain = withoutFurniture(halfWidth(withoutColours(text.trim())).replace(/\r\n?/g, "\n"));
  const tokens = tokensOf(plain);
  if (tokens.length === 1 && tokens[0]?.kind === "number" && tokens[0].text.includes(".")) {
    return { loss: rounded(tokens[0].text), accuracy: null, classes: null };
  }
  // "1.4612, 10 classes": a number without a name, in front of what has one.
  const [first, second] = tokens;
  const isBare = first?.kind === "number" && first.text.includes(".") && second?.kind !== "percent";
  const said = allSaid(isBare ? [{ kind: "lossName", text: "loss" }, ...tokens] : tokens);
  const read = said && summary(said);
  return isBare && read?.classes === null && read.accuracy === null ? null : read;
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
const ALL: Rounded = { value: 1, decimals: 2 };

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
  #split: Split | null = null;
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
    if (kind === "allRight") {
      this.#say({ role: "accuracy", split: this.#split }, ALL);
      this.#forget();
      return at + 1;
    }
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
      this.#say({ role: "classes", split: null }, { value: NUMBER_WORDS.get(text) as number, decimals: 0 });
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
    const other = ["and", "slash"].includes(this.#kind(at - 1)) ? ROLES[this.#kind(at - 2)] : undefined;
    const isOneOfTwo = other !== undefined && other !== "other" && other !== role;
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
      this.#say({ role: "classes", split: null }, rounded(text));
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
    let split: Split | null = null;
    for (; ["link", "split"].includes(this.#kind(at)); at++) {
      if (this.#kind(at) === "split") split = splitOf(this.#tokens[at]?.text ?? "");
    }
    if (this.#name?.role !== "accuracy" && /^(accuracyName|right)$/.test(this.#kind(at))) {
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
    this.#split = null;
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

/** Of several kinds of data the training's, or those with an accuracy, of the lines of a log the last. */
function summary(said: readonly Said[]): Reported | null {
  const of = (wanted: Role, other: Role): Said[] => {
    const [only, ...more] = new Set(said.filter(({ role }) => role === other).map(({ split }) => split));
    const own = said.filter(({ role }) => role === wanted);
    // "Test accuracy is 98 %, the loss is 1.48": of the same data.
    const unsaid = more.length === 0 && own.every(({ split }) => split === null) ? (only ?? "train") : "train";
    return own.map((one) => ({ ...one, split: one.split ?? unsaid }));
  };
  const losses = of("loss", "accuracy");
  const accuracies = of("accuracy", "loss");
  const isOf = (all: readonly Said[], split: Split) => all.some((said) => said.split === split);
  const splits = SPLITS.filter((one) => isOf(losses.length > 0 ? losses : accuracies, one));
  // A loss says more beside its accuracy.
  const split = splits.find((one) => isOf(accuracies, one)) ?? splits[0];
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
