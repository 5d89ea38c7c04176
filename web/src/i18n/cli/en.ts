import type { CliText } from "./types.ts";

export const en: CliText = {
  help: `Why isn't my loss zero? Finds out from the numbers themselves.

usage: celoss diagnose LOGITS [LABELS] [options]
       celoss diagnose --loss X --classes C [--accuracy X]

LOGITS and LABELS are files, of which one may hold both: .npy, .npz, .safetensors, .csv, .tsv, .json, or .txt with what
print() showed, with the text of an error, or with "loss 1.4612, 10 classes, accuracy 99 %". - is standard input.

  --loss X             the loss that the training prints
  --accuracy X         its accuracy: 0.98, or 98%
  --classes C          the number of classes, where there are no logits
  --reduction R        mean, sum or none: how the loss was computed
  --weight FILE        the weights of the classes
  --ignore-index K     the label that does not count; -100 without it
  --label-smoothing E  from 0 to 1
  --class-axis A       which axis of LOGITS is the classes; 1 without it, as in PyTorch
  --logits NAME        which array of the files is the logits
  --labels NAME        and which the labels
  --json               one JSON object in place of sentences
  --lang en|zh         the language of the sentences; without it that of the terminal
  --help, --version

Exit status: 0 nothing to worry about, 1 a warning or an error was found, 2 it could not be read.`,
  seeHelp: "See celoss --help",
  unknownCommand: (command) => `${command} is no command; there is diagnose`,
  unknownOption: (option) => `there is no option ${option}`,
  noValue: (option) => `${option} needs a value`,
  needlessValue: (option) => `${option} takes no value`,
  badValue: (option, got, expected) => `${option} is ${expected}, not ${got}`,
  expected: {
    number: "a number",
    accuracy: "a fraction from 0 to 1, as 0.98, or a percentage, as 98%",
    classes: "a whole number, at least 1",
    whole: "a whole number",
    reduction: "mean, sum or none",
    language: "en or zh",
    file: "a file",
    name: "the name of an array",
  },
  nothing: "nothing to diagnose: give a file, - for standard input, or --loss",
  tooMany: (extra) => `one file too many: ${extra}`,
  onceFromStandardInput: "standard input can be read only once",
  needsLogits: (option) => `${option} needs a file with logits`,
  standardInput: "standard input",
  cannotOpen: (file, reason) => `cannot open ${file}: ${reason}`,
  cannotRead: (file, reason) => `cannot read ${file}: ${reason}`,
  twoWays: "it can be read in more than one way:",
  noSuchArray: (name, names) => `there is no array ${name}, only ${names}`,
  notOneArray: (file, names) => `${file} should hold one array, and holds ${names}`,
  noLogits: "there are no logits in it",
  whichIsWhich: "which is which is not clear; say it with --logits NAME and --labels NAME:",
  twoNameless: "which is which is not clear; bring two files, logits first, or write names: logits = …, target = …:",
  words: "words cannot be weights",
  otherClasses: (said, there) => `--classes is ${said}, and the logits have ${there}`,
  nameless: "(without a name)",
  logits: (dtype, shape, classAxis) => `logits  ${dtype} ${shape}, classes on axis ${classAxis}`,
  target: (dtype, shape, kind) =>
    `labels  ${dtype} ${shape}, ${kind === "indices" ? "class indices" : "class probabilities"}`,
  decimals: (count) => `, printed to ${count} ${count === 1 ? "decimal" : "decimals"}`,
  labelsAsWords: (words) => `classes ${words}`,
  loss: (value, plusMinus, reduction, divisor) =>
    `loss    ${value}${plusMinus ? ` ± ${plusMinus}` : ""} (${reduction}${divisor ? `, divided by ${divisor}` : ""})`,
  accuracy: (percent) => `, accuracy ${percent}`,
  severity: { error: "error", warning: "warning", info: "note" },
  pytorch: (error) => `PyTorch says: ${error}`,
  error: (error) => `The error: ${error}`,
  fixed: (loss) => `With this the loss would be ${loss}.`,
  between: "; ",
  unchecked: (names) => `Not checked, because the numbers do not say: ${names}.`,
  note: "note",
  progress: (percent) => `reading … ${percent} %`,
};
