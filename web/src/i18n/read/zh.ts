import { quoted } from "../inline.ts";
import type { ReadText } from "./index.ts";

const PARTS: Readonly<Record<string, string>> = {
  header: "第一行是表头",
  index: "第一列是行号",
  labels: "有一列是标签",
};
const DTYPE: Readonly<Record<string, string>> = { int64: "Overflow when unpacking long" };

export const zh: ReadText = {
  at: (source, line, column) => {
    const place = line === null ? "" : `第 ${line} 行第 ${column} 个字符`;
    return [source, place].filter(Boolean).join("，");
  },
  placed: (words, at) => `${words}（${at}）`,
  instead: (code) => `换成这一句，再把它印出来的粘贴过来：\`${code}\``,
  refusals: {
    nothing: () => "里面什么都没有",
    tooMany: (d) => `超过 ${d.most} 个数：请存成文件，再把文件拿来`,
    notANumber: (d) => `${quoted(`${d.token}`)}不是数字`,
    emptyCell: () => "有一格是空的，不知道该填什么",
    ragged: (d) => `expected sequence of length ${d.expected} at dim ${d.dim} (got ${d.got})，出在第 ${d.row} 行`,
    nesting: (d) => `${quoted(`${d.token}`)}在第 ${d.depth} 层括号里，前面的数却在第 ${d.expected} 层`,
    unclosed: (d) => `${quoted(`${d.bracket}`)}只开不合，后面缺了一截`,
    closer: (d) =>
      d.expected === ""
        ? `${quoted(`${d.got}`)}前面没有与它成对的`
        : `这里应是${quoted(`${d.expected}`)}，却是${quoted(`${d.got}`)}`,
    outside: (d) => `${quoted(`${d.text}`)}落在方括号外面，不知道是什么意思`,
    unexpected: (d) => `这里不该出现${quoted(`${d.token}`)}`,
    arithmetic: (d) => `${quoted(`${d.text}`)}会改变这些数，而这里只读数，不替人计算`,
    call: (d) => `${quoted(`${d.call}`)}要运行才有结果，而这里只读数，不运行代码`,
    cut: () => "印出来的不完整：“...” 的地方有数没印",
    tooDeep: (d) => `括号套了 ${d.most} 层还不止`,
    mixedSeparators: (d) => `${quoted(`${d.token}`)}附近既用逗号又用空格分隔，也可能是一个算式`,
    missing: (d) => `${quoted(`${d.token}`)}不是数字：这里缺了一个值`,
    thousands: () => "逗号可能是小数点，也可能是千位分隔：请用小数点，数字里不要写逗号",
    complex: (d) => `${quoted(`${d.token}`)}是复数`,
    sparse: () => "这是稀疏张量，没印出来的值无从得知",
    quantized: () => "这是量化过的张量",
    dtype: (d) => `这里不认得 dtype ${quoted(`${d.token}`)}`,
    dtypes: (d) => `写了两种 dtype：${d.dtypes}`,
    argument: (d) => `不知道${quoted(`${d.argument}`)}会把这些数变成什么样`,
    shape: (d) => `写的形状是 (${list(d.said)})，实际却是 (${list(d.got)})`,
    mixed: () => "数字、文字和 True、False 混在了一个列表里",
    notWhole: (d) => `写的是 ${d.dtype}，里面却有不是整数的数`,
    integerOverflow: (d) =>
      `${DTYPE[`${d.dtype}`] ?? `value cannot be converted to type ${d.dtype} without overflow`}：${quoted(`${d.token}`)}`,
  },
  notices: {
    leftOut: (d) => `没有读：${quoted(`${d.text}`)}。`,
    inf: (d) => `${quoted(`${d.token}`)}在 ${d.dtype} 里就是 inf，PyTorch 也一样。`,
    header: (d) => `第一行是表头：${quoted(`${d.names}`)}。`,
    indexColumn: () => "第一列是行号，没有算进去。",
    labelColumn: (d) => `标签在第 ${d.column} 列。`,
    decimalComma: () => "逗号当作小数点来读。",
  },
  questions: {
    decimalComma: () => "逗号可能是小数点，也可能用来分隔数字。",
    table: (d) => `可能全都是 x 的数；也可能${parts(`${d.kinds}`)}。`,
    rowsOrTensors: (d) => `这 ${d.count} 个列表，可能是同一个张量的各行，也可能各是一个张量。`,
  },
  way: (id) =>
    ({
      rows: "同一个张量的各行",
      commas: "逗号和空格都用来分隔数字",
      decimalComma: "逗号是小数点",
      data: "全都是 x 的数",
      apart: "各是一个张量",
      labels: "标签另算",
    })[id] ?? parts(id),
};

function parts(kinds: string): string {
  return kinds
    .split(/\+|, /)
    .map((kind) => PARTS[kind] ?? kind)
    .join("，");
}

function list(sizes: unknown): string {
  return Array.isArray(sizes) ? sizes.join(", ") : String(sizes);
}
