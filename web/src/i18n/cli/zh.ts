import type { CliText } from "./types.ts";

export const zh: CliText = {
  help: `损失为什么降不到零？从数字本身找出原因。

用法：celoss diagnose LOGITS [LABELS] [选项]
      celoss diagnose --loss X --classes C [--accuracy X]

LOGITS 和 LABELS 是文件，两者也可以在同一个文件里：.npy、.npz、.safetensors、.csv、.tsv、.json，或者 .txt，里面是
print() 的输出、报错的文字，或者“损失 1.4612，10 类，准确率 99%”这样的话。- 表示标准输入。

  --loss X             训练时打印的损失
  --accuracy X         准确率：0.98，或者 98%
  --classes C          类别数，没有 logits 时用
  --reduction R        mean、sum 或 none：损失是怎么算的
  --weight FILE        各个类别的权重
  --ignore-index K     不算数的标签；不写就是 -100
  --label-smoothing E  0 到 1
  --class-axis A       LOGITS 的哪一维是类别；不写就是 1，和 PyTorch 一样
  --logits NAME        文件里哪个数组是 logits
  --labels NAME        哪个是标签
  --json               不要句子，输出一个 JSON 对象
  --lang en|zh         用哪种语言；不写就跟随终端
  --help, --version

退出状态：0 没有什么要担心的，1 有警告或者错误，2 没能读懂。`,
  seeHelp: "用法见 celoss --help",
  unknownCommand: (command) => `没有 ${command} 这个命令，只有 diagnose`,
  unknownOption: (option) => `没有 ${option} 这个选项`,
  noValue: (option) => `${option} 后面要有值`,
  needlessValue: (option) => `${option} 后面不要写值`,
  badValue: (option, got, expected) => `${option} 要${expected}，不能是 ${got}`,
  expected: {
    number: "是数字",
    accuracy: "是 0 到 1 的小数（0.98），或者百分数（98%）",
    classes: "是整数，至少是 1",
    whole: "是整数",
    reduction: "是 mean、sum 或 none",
    language: "是 en 或 zh",
    file: "是文件",
    name: "是数组的名字",
  },
  nothing: "没有可以诊断的东西：请给一个文件，用 - 表示标准输入，或者用 --loss",
  tooMany: (extra) => `文件太多了：${extra}`,
  onceFromStandardInput: "标准输入只能读一次",
  needsLogits: (option) => `${option} 要配有 logits 的文件`,
  standardInput: "标准输入",
  cannotOpen: (file, reason) => `打不开 ${file}：${reason}`,
  cannotRead: (file, reason) => `没有读懂 ${file}：${reason}`,
  twoWays: "有不止一种读法：",
  noSuchArray: (name, names) => `没有叫 ${name} 的数组，只有 ${names}`,
  notOneArray: (file, names) => `${file} 里应当只有一个数组，却有 ${names}`,
  noLogits: "里面没有 logits",
  twoNameless: "不清楚哪个是哪个，请分成两个文件（logits 在前），或写上名称（logits = …，target = …）：",
  whichIsWhich: "不清楚哪个是哪个，请用 --logits NAME 和 --labels NAME 指明：",
  words: "文字不能当权重",
  otherClasses: (said, there) => `--classes 是 ${said}，logits 里却有 ${there} 个`,
  nameless: "（没有名字）",
  logits: (dtype, shape, classAxis) => `logits  ${dtype} ${shape}，类别在第 ${classAxis} 维`,
  target: (dtype, shape, kind) => `标签    ${dtype} ${shape}，${kind === "indices" ? "类别编号" : "类别概率"}`,
  decimals: (count) => `，印了 ${count} 位小数`,
  labelsAsWords: (words) => `类别    ${words}`,
  loss: (value, plusMinus, reduction, divisor) =>
    `损失    ${value}${plusMinus ? ` ± ${plusMinus}` : ""}（${reduction}${divisor ? `，除以 ${divisor}` : ""}）`,
  accuracy: (percent) => `，准确率 ${percent}`,
  severity: { error: "错误", warning: "警告", info: "提示" },
  pytorch: (error) => `PyTorch 的说法：${error}`,
  error: (error) => `报错：${error}`,
  fixed: (loss) => `改了之后，损失会是 ${loss}。`,
  between: "；",
  unchecked: (names) => `从数字看不出来、因此没有检查的：${names}。`,
  note: "注意",
  progress: (percent) => `正在读 … ${percent} %`,
};
