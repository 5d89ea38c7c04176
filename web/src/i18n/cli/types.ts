// What the words of the command consist of.

export interface CliText {
  readonly help: string;
  readonly seeHelp: string;
  // What the arguments are refused with.
  readonly unknownCommand: (command: string) => string;
  readonly unknownOption: (option: string) => string;
  readonly noValue: (option: string) => string;
  readonly needlessValue: (option: string) => string;
  readonly badValue: (option: string, got: string, expected: string) => string;
  /** What options take. */
  readonly expected: {
    readonly number: string;
    readonly accuracy: string;
    readonly classes: string;
    readonly whole: string;
    readonly reduction: string;
    readonly language: string;
    readonly file: string;
    readonly name: string;
  };
  readonly nothing: string;
  readonly tooMany: (extra: string) => string;
  readonly onceFromStandardInput: string;
  readonly needsLogits: (option: string) => string;
  // What files are refused with.
  readonly standardInput: string;
  readonly cannotOpen: (file: string, reason: string) => string;
  readonly cannotRead: (file: string, reason: string) => string;
  readonly twoWays: string;
  readonly noSuchArray: (name: string, names: string) => string;
  readonly notOneArray: (file: string, names: string) => string;
  readonly noLogits: string;
  readonly whichIsWhich: string;
  /** Of arrays without names, which --logits cannot tell apart. */
  readonly twoNameless: string;
  readonly words: string;
  readonly otherClasses: (said: number, there: number) => string;
  // What is printed.
  readonly nameless: string;
  readonly logits: (dtype: string, shape: string, classAxis: number) => string;
  readonly target: (dtype: string, shape: string, kind: "indices" | "probabilities") => string;
  readonly decimals: (count: number) => string;
  readonly labelsAsWords: (words: string) => string;
  readonly loss: (value: string, plusMinus: string | null, reduction: string, divisor: string | null) => string;
  readonly accuracy: (percent: string) => string;
  readonly severity: { readonly error: string; readonly warning: string; readonly info: string };
  readonly pytorch: (error: string) => string;
  /** Of an error that somebody has brought, whosever it is. */
  readonly error: (error: string) => string;
  readonly fixed: (loss: string) => string;
  /** Between the parts of a list that are long. */
  readonly between: string;
  readonly unchecked: (names: string) => string;
  readonly note: string;
  readonly progress: (percent: number) => string;
}
