import { quoted } from "../inline.ts";
import type { ReadText } from "./types.ts";

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
  sentences: (parts) => parts.join(""),
  instead: (code) =>
    /save/.test(code) ? `这样存，再把文件拿来：\`${code}\`` : `换成这一句，再把它印出来的粘贴过来：\`${code}\``,
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
    unknownError: (d) => `${quoted(`${d.text}`)}是这里不认得的报错`,
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
    leadingZero: (d) => `${quoted(`${d.token}`)}以 0 开头，也许是用千位分隔写的数的后半截`,
    wrapped: () => "表太宽，是分成几段印出来的",
    sentence: () => "这句话没读懂：请给每个数都写上名称，例如“loss 1.46，10 类，准确率 99%”",
    slices: () => "它是像 MATLAB 那样一片一片印出来的",
    empty: (d) => `这是形状为 (${list(d.shape)}) 的空张量，一个类别也没有：PyTorch 会报 “Target 0 is out of bounds”`,
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
    fileTooLarge: (d) => `有 ${megabytes(d.size)}，而超过 ${megabytes(d.most)} 的文件不读`,
    textTooLarge: (d) => `是 ${megabytes(d.size)} 的文本，而超过 ${megabytes(d.most)} 的文本不读：请存成 .npy`,
    unknownContent: () => "不是这里能读的文件：.npy、.npz、.safetensors、.pt，以及文本",
    notUtf8: () => "文本不是 UTF-8 编码：请另存为 UTF-8",
    foreignArchive: (d) => `是压缩包（${d.format}）：请解压，再把里面的文件拿来`,
    foreignPicture: (d) => `是图片或文档（${d.format}），里面的数读不出来`,
    foreignData: (d) => `是 ${d.format} 文件，这里不读`,
    foreignModel: (d) => `是模型（${d.format}），不是一个 batch：请保存模型的输出`,
    pickle: () => "是 pickle 文件，要读就得运行它，而这里不运行代码",
    torchLegacy: () => "是 PyTorch 1.6 以前 torch.save 的格式",
    npyHeader: () => ".npy 的文件头读不懂",
    npyHeaderLong: (d) => `.npy 的文件头有 ${d.length} 字节，而 NumPy 自己最多读 ${d.most} 字节`,
    npyVersion: (d) => `是 ${d.version} 版的 .npy，而认得的只有 1.0、2.0、3.0 版`,
    npySeveralArrays: () => "一个 .npy 文件里有好几个数组",
    lengthOfArray: (d) => `形状是 (${list(d.shape)}) 的 ${d.dtype} 要 ${d.expected} 字节，而里面有 ${d.got} 字节`,
    notABool: (d) => `bool 只能是 0 或 1，而第 ${d.index} 个是 ${d.got}`,
    notText: () => "里面的文字不是合法的编码",
    object: () => "里面是 Python 对象（dtype object），要读就得运行它们，而这里不运行代码",
    structured: () => "每一项有好几个字段（structured dtype）：请只存其中一个",
    complexArray: (d) => `里面是复数（${d.token}）`,
    longDouble: () => "里面是 long double，各种机器上都不一样",
    time: () => "里面是时间",
    bfloat16AsVoid: (d) => `里面的数没有 dtype（${d.token}），只剩大小：np.save 存 bfloat16 就会这样`,
    float8: (d) => `里面是 8 位的浮点数（${d.token}），cross_entropy 不接受`,
    zipDamaged: () => "zip 坏了，或者里面说的与实际不符",
    zip64: () => "zip 是给超过 4 GB 的文件用的格式（zip64）",
    zipEncrypted: (d) => `里面的${quoted(`${d.member}`)}要密码`,
    zipMethod: (d) => `里面的${quoted(`${d.member}`)}用了 NumPy 不用的压缩方式（${d.method}）`,
    zipBomb: (d) =>
      `${quoted(`${d.member}`)}会从 ${megabytes(d.packedSize)} 解压成 ${megabytes(d.size)}：没有哪个 batch 会是这样`,
    zipCheckSum: (d) => `${quoted(`${d.member}`)}的校验和不对：文件坏了`,
    npzOtherMember: (d) => `里面的${quoted(`${d.member}`)}不是 .npy 文件`,
    safetensorsHeader: () => ".safetensors 的文件头读不懂",
    safetensorsHeaderLong: (d) =>
      `.safetensors 的文件头说有 ${megabytes(d.length)}，而格式最多允许 ${megabytes(d.most)}`,
    safetensorsOffsets: (d) => `文件头说张量在第 ${d.begin} 到 ${d.end} 字节，而它应从第 ${d.expected} 字节开始`,
    safetensorsLength: (d) => `张量共 ${d.expected} 字节，而里面有 ${d.got} 字节`,
    pickleDamaged: () => "里面的 pickle 坏了",
    pickleName: (d) => `里面不只有张量：${quoted(`${d.name}`)}要运行才有结果，而这里不运行代码`,
    pickleOpcode: (d) => `里面的 pickle 有张量用不着的指令（opcode ${d.opcode}）`,
    pickleKey: () => "里面有个 dict 的键既不是文字，也不是整数",
    ptStorage: (d) => `缺了一个张量的数（data/${d.key}）`,
    ptView: (d) => `形状是 (${list(d.shape)}) 的张量要 ${d.expected} 个数，而它的存储里有 ${d.got} 个`,
    ptMetadata: () => "这个张量是个视图，PyTorch 用到时才取负",
    ptExpanded: (d) => `形状是 (${list(d.shape)}) 的张量把几个数重复了太多次（expand）`,
    tooManyValues: (d) => `里面的数和列表超过 ${d.most} 个：请存成张量`,
    nestedTooDeep: (d) => `里面的列表和 dict 套了 ${d.most} 层还不止`,
    twoQuestions: () => "有两种读法，另一个文件也是：请一个一个拿来",
  },
  notices: {
    leftOut: (d) => `没有读：${quoted(`${d.text}`)}。`,
    inf: (d) => `${quoted(`${d.token}`)}在 ${d.dtype} 里就是 inf，PyTorch 也一样。`,
    header: (d) => `第一行是表头：${quoted(`${d.names}`)}。`,
    indexColumn: () => "第一列是行号，没有算进去。",
    labelColumn: (d) => `标签在第 ${d.column} 列。`,
    named: (d) => `那里叫${quoted(`${d.name}`)}。`,
    stacked: (d) => `这 ${d.count} 条记录各是一行，每个键合成一个张量。`,
    unread: (d) => `只读了报错：旁边第 ${d.line} 行第 ${d.column} 个字符起读不懂。`,
    unknownError: (d) => `${quoted(`${d.text}`)}是这里不认得的报错。`,
    decimalComma: () => "逗号当作小数点来读。",
  },
  questions: {
    decimalComma: () => "逗号可能是小数点，也可能用来分隔数字。",
    table: (d) => `可能全都是 x 的数；也可能${parts(`${d.kinds}`)}。`,
    rowsOrTensors: (d) => `这 ${d.count} 个列表，可能是同一个张量的各行，也可能各是一个张量。`,
    lastRow: () => "可能全都是 x 的数；也可能最后一行是标签。",
    lines: (d) => `一对括号里有 ${d.count} 行，可能像 MATLAB 那样一行就是一行，也可能是同一行折断了。`,
    blankLine: (d) => `中间隔着空行：可能同属一个张量，也可能是 ${d.count} 个张量。`,
  },
  way: (id) =>
    ({
      rows: "同一个张量的各行",
      commas: "逗号和空格都用来分隔数字",
      decimalComma: "逗号是小数点",
      data: "全都是 x 的数",
      oneRow: "一行",
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

function megabytes(bytes: unknown): string {
  return `${Math.ceil(Number(bytes) / 2 ** 20)} MB`;
}
