// What the words of reading are made of.

export type Details = Readonly<Record<string, string | number | readonly number[]>>;
type Words = Readonly<Record<string, (details: Details) => string>>;

export interface ReadText {
  /** Where something stands; null: that is not known. */
  readonly at: (source: string | null, line: number | null, column: number | null) => string;
  readonly placed: (words: string, at: string) => string;
  readonly sentences: (parts: readonly string[]) => string;
  readonly instead: (code: string) => string;
  /** By the kind of a refusal, a notice and a question. Refusals are parts of sentences. */
  readonly refusals: Words;
  readonly notices: Words;
  readonly questions: Words;
  /** One way to read a text, by its id. */
  readonly way: (id: string) => string;
}
