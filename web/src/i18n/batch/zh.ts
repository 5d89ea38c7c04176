// “您自己的一批数据”这一章的中文文字。与 en.ts 逐条对应，但按中文的说法来写。

import { list as lists } from "../language.ts";
import type { BatchText } from "./en.ts";

const list = lists.zh;

export const zh: BatchText = {
  box: {
    label: "您的 logits、标签、报错或损失",
    hint: "几样东西可以一起放进来：logits 和标签，旁边写上损失，或者好几个文件。",
    choose: "选择文件",
    drop: "或者拖到这里：.npy .npz .safetensors .csv .tsv .json .txt",
    dropNow: "松手就读取",
    clear: "清空",
    long: (characters) => `这段文字有 ${characters} 个字符，太长，不在这里显示，但会原样读取。`,
    file: (name, size) => `${name}，${size}`,
    private: "数据只在您的浏览器里读取，不上传，也不保存。",
  },
  examples: {
    label: "试一试",
    note: "笔记里的例子",
    stuck: "停在 0.56 的损失",
    traceback: "一段报错",
    language: "语言模型的 (N, T, C)",
    segmentation: "语义分割图",
  },
  progress: {
    reading: (percent) => `正在读取，${percent}%`,
    judging: (percent) => `正在诊断，${percent}%`,
    stop: "停止",
    stopped: "已停止。您的数据还在。",
    again: "重新读取",
    failed: "我们这边出了故障，没有得出结论。程序自己的说法：",
  },
  ledger: {
    name: "读到了什么",
    numbersAlone: "或者只填几个数",
    roles: { logits: "logits", target: "标签", weight: "weight" },
    none: "没有",
    unnamed: (number) => `第 ${number} 个张量`,
    assumed: (dtype) => `看样子是 ${dtype}`,
    decimals: (decimals) => `${decimals} 位小数`,
    line: (line) => `第 ${line} 行`,
    classAxis: "类别",
    axis: (axis, size) => `在第 ${axis} 轴，${size} 类`,
    labels: "标签读作",
    steps: {
      none: "原样",
      numerals: "文字当整数",
      sorted: "文字，按字母顺序编号",
      appearance: "文字，按出现顺序编号",
      squeeze: "去掉长度为 1 的轴",
      argmax: "one-hot，取 1 的位置",
      long: "转成 int64",
      "minus-one": "都减 1",
      float: "转成 float32",
    },
    or: "或者",
    loss: "看到的损失",
    accuracy: "准确率",
    classes: "类别数",
    notNumber: (text) => `“${text}”填在这里不合适`,
    divisor: (divisor) => `求平均时除以 ${divisor}`,
    notices: "是怎么读的",
    error: "报错的原文",
    undo: "撤销",
    redo: "重做",
    question: "这段内容不止一种读法",
    whichIsWhich: "哪个是 logits，哪个是标签？",
    refused: "这个读不了",
    colon: "：",
    place: (line, column) => `第 ${line} 行第 ${column} 列`,
  },
  verdict: {
    name: "结论",
    loss: "损失",
    now: "现在",
    fixed: "改好后",
    axis: (now, fixed) => `数轴上的损失：${now}${fixed === null ? "" : `，改好后是 ${fixed}`}`,
    rounding: (plusMinus) => `这些数是四舍五入过的，所以只准到 ± ${plusMinus}。`,
    halves: {
      name: "半精度下的损失",
      in: (dtype) => `用 ${dtype}`,
      note: "半精度求和，PyTorch 每加一次就舍入一次，加的先后会影响结果；这里照它的顺序来算，每一位都一样。",
      beyond: "`float16` 最大只到 65504：这里的和，或者样本的个数，在它那里成了无穷大。",
    },
    unchecked: (items) => `没法检查的：${list(items)}。`,
    severity: { error: "错误", warning: "多半是错", info: "提示" },
    with: (loss) => `改好以后，损失会是 ${loss}。`,
    diff: "改法",
    step: (number, name) => `${number} ${name}`,
    seeStep: "讲解见：",
    others: "还有几点",
  },
  batch: {
    name: (samples) => `整批数据：${samples} 个样本`,
    samples: "各个样本，损失最大的在前",
    samplesAxis: "个样本",
    sample: "样本",
    label: "标签",
    prediction: "预测",
    confidence: "它的概率",
    confidences: "预测有多大把握：对的在上，错的在下",
    right: "对",
    wrong: "错",
    probability: "概率",
    limit: (most) => `最多 ${most}`,
    sure: (accuracy, mean, most) =>
      `${accuracy} 的样本预测对了，预测的概率平均是 ${mean}。${
        most === null
          ? "概率若可信，这两个数该差不多。"
          : `前面多了一个 softmax，预测得再对，概率也过不了 ${most}：损失就是这样降不下去的。`
      }`,
    histogram: "各样本的损失怎样分布",
    histogramNote: "各档损失有多少个样本。L₀ 是前面加了 softmax 时的下限，ln C 是什么也不知道时的损失。",
    confusion: "行是标签，列是预测：把哪一类当成了哪一类，各有多少次",
    noClass: "不是类别",
    ignored: "不计",
    without: (noClass, ignored, classes) =>
      `没有损失的排在最后：${list([
        ...(noClass === 0 ? [] : [`${noClass} 个的标签不是类别（类别是 0 到 ${classes - 1}）`]),
        ...(ignored === 0 ? [] : [`${ignored} 个的标签不计入`]),
      ])}。`,
    choose: (sample) => `选样本 ${sample}`,
    chosen: (samples, most) =>
      `已选 ${samples.length} 个，最多 ${most} 个${samples.length === 0 ? "" : `：${list(samples)}`}`,
    chooseNone: "全不选",
    take: (samples) => `把选中的 ${samples} 个放进前面的例子`,
    worst: (samples) => (samples === 1 ? "把它放进前面的例子" : `把最差的 ${samples} 个放进前面的例子`),
    inLesson: (columns, isPlain) =>
      [
        columns === null
          ? ""
          : `到了那里有 ${columns} 列：各标签、最大的几个 logit，其余类别合成一列，所以每个损失都和上面的一样，分毫不差。`,
        isPlain ? "" : "那里没有 `weight`，也没有 `label_smoothing`，损失是不带它们的。",
      ].join(""),
    softTargets: "前面的例子只有标签，没有类别概率，所以这些样本放不进去。",
  },
  script: {
    name: "怎样从训练脚本里取出来",
    from: "来自",
    note: "这几行把送进损失函数的一批数据，连同相关的设置一起存下来。再把文件拖到这里就行。",
  },
};
