// A reader of formulas as the page writes them: exp(0.7459) / (exp(0.7459) + …), −log(p), a · b, |a|, max(a, b).

const TOKEN = /\s*(\d+(?:\.\d+)?(?:e[+-]\d+)?|[a-z]+|[-+−·/(),|])/y;

const FUNCTIONS: Readonly<Record<string, (...values: number[]) => number>> = {
  exp: Math.exp,
  log: Math.log,
  max: Math.max,
};

const CONSTANTS: Readonly<Record<string, number>> = { inf: Infinity, nan: NaN };

/** The value of a formula; what is no formula throws. */
export function evaluate(formula: string): number {
  const tokens = tokensOf(formula);
  let at = 0;
  const next = () => tokens[at++] ?? "";
  const took = (...wanted: string[]) => (wanted.includes(tokens[at] ?? "") ? next() : null);
  const expect = (token: string) => {
    if (next() !== token) throw new Error(`${formula}: expected ${token} at token ${at}`);
  };

  const sum = (): number => {
    let value = product();
    for (let sign = took("+", "-", "−"); sign; sign = took("+", "-", "−"))
      value += sign === "+" ? product() : -product();
    return value;
  };
  const product = (): number => {
    let value = factor();
    for (let sign = took("·", "/"); sign; sign = took("·", "/"))
      value = sign === "·" ? value * factor() : value / factor();
    return value;
  };
  const factor = (): number => {
    const token = next();
    if (token === "-" || token === "−") return -factor();
    if (token === "(") return closed(")");
    if (token === "|") return Math.abs(closed("|"));
    if (token in FUNCTIONS) {
      expect("(");
      const values = [sum()];
      while (took(",")) values.push(sum());
      expect(")");
      return FUNCTIONS[token]?.(...values) ?? NaN;
    }
    if (!(token in CONSTANTS) && !/^\d/.test(token)) throw new Error(`${formula}: ${token} is no number`);
    return CONSTANTS[token] ?? Number(token);
  };
  const closed = (end: string) => {
    const value = sum();
    expect(end);
    return value;
  };

  const value = sum();
  if (at < tokens.length) throw new Error(`${formula}: ${tokens[at]} is left`);
  return value;
}

function tokensOf(formula: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < formula.length) {
    const start = TOKEN.lastIndex;
    const token = TOKEN.exec(formula)?.[1];
    if (token === undefined) throw new Error(`${formula}: no token at ${start}`);
    tokens.push(token);
  }
  return tokens;
}
