// The marks of other keyboards as Python's.

/** Characters that are written for one of Python's, each for one. */
const MARKS: Readonly<Record<string, string>> = {
  "\u2010": "-",
  "\u2011": "-",
  "\u2013": "-",
  "\u2212": "-",
  "\ufe63": "-",
  "【": "[",
  "】": "]",
  "〔": "[",
  "〕": "]",
  "、": ",",
  "\u201c": '"',
  "\u201d": '"',
  "\u2018": "'",
  "\u2019": "'",
  "\u0085": "\n",
  "\u2028": "\n",
  "\u2029": "\n",
};
const SPACE = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/;
const FOREIGN = /[\u0085\u00a0\u1680\u2000-\u200a\u2010-\u2029\u202f\u205f\u2212\u3000-\u3015\ufe63\uff01-\uff5e]/g;

/** The full-width characters of Chinese input, other dashes and spaces as ASCII's: as many characters as before. */
export function plain(text: string): string {
  return text.replace(FOREIGN, (mark) => {
    if (mark >= "\uff01" && mark <= "\uff5e") return String.fromCharCode(mark.charCodeAt(0) - 0xfee0);
    return MARKS[mark] ?? (SPACE.test(mark) ? " " : mark);
  });
}
