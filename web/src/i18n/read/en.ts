import { quoted } from "../inline.ts";
import type { ReadText } from "./types.ts";

const PARTS: Readonly<Record<string, string>> = {
  header: "the first row is a header",
  index: "the first column counts the rows",
  labels: "a column has the labels",
};
const DTYPE: Readonly<Record<string, string>> = { int64: "Overflow when unpacking long" };

export const en: ReadText = {
  at: (source, line, column) => {
    const place = line === null ? "" : `line ${line}, column ${column}`;
    return [source, place].filter(Boolean).join(", ");
  },
  placed: (words, at) => `${words} (${at})`,
  sentences: (parts) => parts.join(" "),
  instead: (code) =>
    /save/.test(code)
      ? `Save it like this, and bring the file: \`${code}\``
      : `Type this instead, and paste what it prints: \`${code}\``,
  refusals: {
    nothing: () => "there is nothing in it",
    tooMany: (d) => `it has more than ${d.most} numbers: save it as a file and bring that`,
    notANumber: (d) => `${quoted(`${d.token}`)} is not a number`,
    emptyCell: () => "a cell is empty, and what belongs there is not known",
    ragged: (d) => `expected sequence of length ${d.expected} at dim ${d.dim} (got ${d.got}), in row ${d.row}`,
    nesting: (d) => `${quoted(`${d.token}`)} stands ${d.depth} brackets deep, and the numbers before it ${d.expected}`,
    unclosed: (d) => `${quoted(`${d.bracket}`)} is opened and not closed: the end is missing`,
    closer: (d) =>
      d.expected === ""
        ? `${quoted(`${d.got}`)} closes what was not opened`
        : `${quoted(`${d.got}`)} stands where ${quoted(`${d.expected}`)} was expected`,
    unknownError: (d) => `${quoted(`${d.text}`)} is an error that is not known here`,
    outside: (d) => `${quoted(`${d.text}`)} stands outside of the brackets, and what it means there is not known`,
    unexpected: (d) => `${quoted(`${d.token}`)} was not expected there`,
    arithmetic: (d) => `${quoted(`${d.text}`)} would change the numbers, and nothing is computed here`,
    call: (d) => `${quoted(`${d.call}`)} would have to be run, and nothing is run here`,
    cut: () => "the print is cut: “...” stands for numbers that are not there",
    tooDeep: (d) => `it has more than ${d.most} brackets in each other`,
    mixedSeparators: (d) => `commas and spaces both part the numbers near ${quoted(`${d.token}`)}: it could be a sum`,
    missing: (d) => `${quoted(`${d.token}`)} is no number: a value is missing`,
    thousands: () =>
      "the comma may stand for a decimal point or part the thousands: write points, and no commas in numbers",
    complex: (d) => `${quoted(`${d.token}`)} is a complex number`,
    leadingZero: (d) =>
      `${quoted(`${d.token}`)} begins with a zero, and may be the second half of a number whose comma parts the thousands`,
    wrapped: () => "the table is too wide, and is printed in parts below each other",
    sentence: () =>
      "the sentence is not understood: give every number its name, as in “loss 1.46, 10 classes, accuracy 99 %”",
    slices: () => "it is printed in slices, as MATLAB does it",
    empty: (d) =>
      `it is an empty tensor of shape (${list(d.shape)}), without a class: PyTorch says “Target 0 is out of bounds” to it`,
    sparse: () => "the tensor is sparse: what lies between its values is not printed",
    quantized: () => "the tensor is quantized",
    dtype: (d) => `the dtype ${quoted(`${d.token}`)} is not known here`,
    dtypes: (d) => `it says two dtypes: ${d.dtypes}`,
    argument: (d) => `what ${quoted(`${d.argument}`)} does to the numbers is not known here`,
    shape: (d) => `it says the shape (${list(d.said)}), and has the shape (${list(d.got)})`,
    mixed: () => "numbers, words and True or False stand in one list",
    notWhole: (d) => `not all of its numbers are whole, and it says ${d.dtype}`,
    integerOverflow: (d) =>
      `${DTYPE[`${d.dtype}`] ?? `value cannot be converted to type ${d.dtype} without overflow`}: ${quoted(`${d.token}`)}`,
    fileTooLarge: (d) => `it has ${megabytes(d.size)}, and files of more than ${megabytes(d.most)} are not read`,
    textTooLarge: (d) =>
      `it is a text of ${megabytes(d.size)}, and no more than ${megabytes(d.most)} of text are read: save the numbers as .npy`,
    unknownContent: () => "it is none of the files that are read here: .npy, .npz, .safetensors, .pt, and text",
    notUtf8: () => "the text is not in UTF-8: save it in UTF-8",
    foreignArchive: (d) => `it is packed (${d.format}): unpack it, and bring what is in it`,
    foreignPicture: (d) => `it is a picture or document (${d.format}): numbers in it cannot be read`,
    foreignData: (d) => `it is a file of ${d.format}, which is not read here`,
    foreignModel: (d) => `it is a model (${d.format}), and not a batch: save what the model returns`,
    pickle: () => "it is a pickle, and reading it would mean to run it",
    torchLegacy: () => "it is in the format of torch.save before PyTorch 1.6",
    npyHeader: () => "the header of the .npy file cannot be read",
    npyHeaderLong: (d) =>
      `the header of the .npy file has ${d.length} bytes, and NumPy itself reads no more than ${d.most}`,
    npyVersion: (d) => `it is of version ${d.version} of .npy, and 1.0, 2.0 and 3.0 are known`,
    npySeveralArrays: () => "there are several arrays in one .npy file",
    lengthOfArray: (d) =>
      `numbers of ${d.dtype} in the shape (${list(d.shape)}) take ${d.expected} bytes, and there are ${d.got}`,
    notABool: (d) => `a bool is 0 or 1, and number ${d.index} is ${d.got}`,
    notText: () => "words in it are no text",
    object: () => "it has Python objects (dtype object), and reading them would mean to run them",
    structured: () => "its entries have several fields (a structured dtype): save one of them",
    complexArray: (d) => `its numbers are complex (${d.token})`,
    longDouble: () => "its numbers are long doubles, which are others on every machine",
    time: () => "its entries are times",
    bfloat16AsVoid: (d) => `its numbers have no dtype (${d.token}), only their size: np.save does so to bfloat16`,
    float8: (d) => `its numbers are of 8 bits (${d.token}), which cross_entropy does not take`,
    zipDamaged: () => "the zip is damaged, or says what is not so",
    zip64: () => "the zip is in the format for more than 4 GB (zip64)",
    zipEncrypted: (d) => `${quoted(`${d.member}`)} in it needs a password`,
    zipMethod: (d) => `${quoted(`${d.member}`)} in it is packed in a way (${d.method}) that NumPy does not use`,
    zipBomb: (d) =>
      `${quoted(`${d.member}`)} would unpack from ${megabytes(d.packedSize)} to ${megabytes(d.size)}: nobody packs a batch so`,
    zipCheckSum: (d) => `the check sum of ${quoted(`${d.member}`)} is wrong: the file is damaged`,
    npzOtherMember: (d) => `${quoted(`${d.member}`)} in it is no .npy file`,
    safetensorsHeader: () => "the header of the .safetensors file cannot be read",
    safetensorsHeaderLong: (d) =>
      `the header of the .safetensors file would have ${megabytes(d.length)}, and the format allows ${megabytes(d.most)}`,
    safetensorsOffsets: (d) =>
      `the tensor is said to lie from byte ${d.begin} to ${d.end}, and should begin at ${d.expected}`,
    safetensorsLength: (d) => `its tensors take ${d.expected} bytes, and there are ${d.got}`,
    pickleDamaged: () => "the pickle in it is damaged",
    pickleName: (d) => `it has more than tensors: ${quoted(`${d.name}`)} would have to be run, and nothing is run here`,
    pickleOpcode: (d) => `the pickle in it has what no tensor needs (opcode ${d.opcode})`,
    pickleKey: () => "a key of a dict in it is neither a text nor a whole number",
    ptStorage: (d) => `the numbers of a tensor (data/${d.key}) are missing`,
    ptView: (d) => `the tensor of shape (${list(d.shape)}) needs ${d.expected} numbers, and its storage has ${d.got}`,
    ptMetadata: () => "the tensor is a view that PyTorch still has to negate",
    ptExpanded: (d) => `the tensor of shape (${list(d.shape)}) repeats few numbers very often (expand)`,
    tooManyValues: (d) => `there are more than ${d.most} numbers and lists in it: save tensors`,
    nestedTooDeep: (d) => `its lists and dicts stand more than ${d.most} deep in each other`,
    twoQuestions: () => "it can be read in two ways, and so can another file: bring one at a time",
  },
  notices: {
    leftOut: (d) => `Left out: ${quoted(`${d.text}`)}.`,
    inf: (d) => `${quoted(`${d.token}`)} is inf in ${d.dtype}, as in PyTorch.`,
    header: (d) => `The first row is a header: ${quoted(`${d.names}`)}.`,
    indexColumn: () => "The first column counts the rows and is left out.",
    labelColumn: (d) => `Column ${d.column} has the labels.`,
    named: (d) => `They are called ${quoted(`${d.name}`)} there.`,
    stacked: (d) => `The ${d.count} records are rows: of each key one tensor.`,
    unread: (d) =>
      `Only the error was read: what stands in line ${d.line}, column ${d.column} beside it is not understood.`,
    unknownError: (d) => `${quoted(`${d.text}`)} is an error that is not known here.`,
    decimalComma: () => "Commas are read as decimal points.",
  },
  questions: {
    decimalComma: () => "The commas may be decimal points, or part numbers.",
    table: (d) => `All of it may be numbers of x; or ${parts(`${d.kinds}`)}.`,
    rowsOrTensors: (d) => `These ${d.count} lists may be the rows of one tensor, or tensors of their own.`,
    lastRow: () => "All of it may be numbers of x; or the last row has the labels.",
    lines: (d) => `The ${d.count} lines in one pair of brackets may be rows, as in MATLAB, or one row that is broken.`,
    blankLine: (d) => `A blank line parts them: all of it may be one tensor, or ${d.count} of their own.`,
  },
  way: (id) =>
    ({
      rows: "rows of one tensor",
      commas: "commas and spaces part numbers",
      decimalComma: "decimal commas",
      data: "all of it is numbers of x",
      oneRow: "one row",
      apart: "tensors of their own",
      labels: "the labels apart",
    })[id] ?? parts(id),
};

function parts(kinds: string): string {
  return kinds
    .split(/\+|, /)
    .map((kind) => PARTS[kind] ?? kind)
    .join(", ");
}

function list(sizes: unknown): string {
  return Array.isArray(sizes) ? sizes.join(", ") : String(sizes);
}

function megabytes(bytes: unknown): string {
  return `${Math.ceil(Number(bytes) / 2 ** 20)} MB`;
}
