// Reads a pickle without running anything of it: numbers, texts, lists, tuples and dicts are built, the few names that
// torch.save needs for tensors are known, and every other name ends it.
// The opcodes are those of protocols 2 to 5, as Python's pickletools.py describes them.

import type { Pace } from "./pace.ts";
import { refuseFile } from "./refusal.ts";

/** A name in a module of Python. */
export class Global {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** What a call or a persistent id has made, and only their maker looks into. */
export abstract class Made {}

/** Lists and tuples alike, which only differ in Python in what can be done with them. */
export type Sequence = Value[];
export type Dict = Map<Value, Value>;
export type Value = number | bigint | string | boolean | null | Global | Made | Sequence | Dict;

/** What the names in a pickle stand for. */
export interface Known {
  /** Throws Refused at any other name than "torch.FloatStorage" and the like. */
  check(name: string): void;
  /** name(...parameters) */
  call(name: string, parameters: readonly Value[]): Value;
  /** What a persistent id stands for: in torch.save's pickles a storage. */
  load(id: Value): Value;
}

/** Where what follows it is gathered into a tuple, a list or a dict. */
const MARK = Symbol("mark");

/** What the pickle is of, or throws Refused. */
export async function unpickle(bytes: Uint8Array, known: Known, source: string, pace: Pace): Promise<Value> {
  const bad = (): never => refuseFile("pickleDamaged", source);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const stack: (Value | typeof MARK)[] = [];
  const memo = new Map<number, Value>();
  let at = 0;

  const skip = (length: number): number => {
    const start = at;
    if (start + length > bytes.length) bad();
    at += length;
    return start;
  };
  const u8 = () => view.getUint8(skip(1));
  const u16 = () => view.getUint16(skip(2), true);
  const u32 = () => view.getUint32(skip(4), true);
  const u64 = () => Number(view.getBigUint64(skip(8), true));
  const text = (length: number) => {
    const start = skip(length);
    return new TextDecoder().decode(bytes.subarray(start, start + length));
  };
  const line = () => {
    const end = bytes.indexOf(10, at);
    const read = text(end < 0 ? bad() : end - at);
    at++;
    return read;
  };
  const push = (value: Value) => void stack.push(value);
  const pop = (): Value => {
    const value = stack.pop();
    return value === undefined || value === MARK ? bad() : (value as Value);
  };
  const top = (): Value => {
    const value = stack.at(-1);
    return value === undefined || value === MARK ? bad() : (value as Value);
  };
  const popMark = (): Value[] => {
    const mark = stack.lastIndexOf(MARK);
    return mark < 0 ? bad() : (stack.splice(mark).slice(1) as Value[]);
  };
  const sequence = (value: Value): Sequence => (Array.isArray(value) ? value : bad());
  const dict = (value: Value): Dict => (value instanceof Map ? value : bad());
  const set = (into: Dict, items: readonly Value[]) => {
    if (items.length % 2 !== 0) bad();
    for (let index = 0; index < items.length; index += 2) into.set(items[index] as Value, items[index + 1] as Value);
  };
  const recall = (index: number) => push(memo.has(index) ? (memo.get(index) as Value) : bad());
  const keep = (index: number) => void memo.set(index, top());
  const global = (name: string) => {
    known.check(name);
    push(new Global(name));
  };
  const call = () => {
    const [parameters, called] = [pop(), pop()];
    push(called instanceof Global ? known.call(called.name, sequence(parameters)) : bad());
  };
  /** Two's complement, the least byte first. */
  const long = (length: number) => {
    const start = skip(length);
    if (length > 8) bad();
    let value = 0n;
    for (let index = length - 1; index >= 0; index--) value = (value << 8n) | BigInt(bytes[start + index] as number);
    return BigInt.asIntN(8 * length, value);
  };

  const OPCODES: Readonly<Record<number, () => void>> = {
    // PROTO and FRAME say nothing that has to be known.
    128: () => void u8(),
    149: () => void skip(8),
    // MARK, POP, POP_MARK, DUP
    40: () => void stack.push(MARK),
    48: () => void (stack.length > 0 ? stack.pop() : bad()),
    49: () => void popMark(),
    50: () => push(top()),
    // NONE, NEWTRUE, NEWFALSE
    78: () => push(null),
    136: () => push(true),
    137: () => push(false),
    // BININT, BININT1, BININT2, LONG1, LONG4, BINFLOAT
    74: () => push(BigInt(view.getInt32(skip(4), true))),
    75: () => push(BigInt(u8())),
    77: () => push(BigInt(u16())),
    138: () => push(long(u8())),
    139: () => push(long(u32())),
    71: () => push(view.getFloat64(skip(8), false)),
    // BINUNICODE, SHORT_BINUNICODE, BINUNICODE8; SHORT_BINSTRING and BINSTRING, of Python 2
    88: () => push(text(u32())),
    140: () => push(text(u8())),
    141: () => push(text(u64())),
    85: () => push(text(u8())),
    84: () => push(text(u32())),
    // EMPTY_TUPLE, TUPLE1, TUPLE2, TUPLE3, TUPLE
    41: () => push([]),
    133: () => push([pop()]),
    134: () => push([pop(), pop()].reverse()),
    135: () => push([pop(), pop(), pop()].reverse()),
    116: () => push(popMark()),
    // EMPTY_LIST, LIST, APPEND, APPENDS
    93: () => push([]),
    108: () => push(popMark()),
    97: () => {
      const item = pop();
      sequence(top()).push(item);
    },
    101: () => {
      const items = popMark();
      const into = sequence(top());
      for (const item of items) into.push(item);
    },
    // EMPTY_DICT, DICT, SETITEM, SETITEMS
    125: () => push(new Map()),
    100: () => {
      const items = popMark();
      push(new Map());
      set(dict(top()), items);
    },
    115: () => {
      const [value, key] = [pop(), pop()];
      set(dict(top()), [key, value]);
    },
    117: () => {
      const items = popMark();
      set(dict(top()), items);
    },
    // BINPUT, LONG_BINPUT, MEMOIZE, BINGET, LONG_BINGET
    113: () => keep(u8()),
    114: () => keep(u32()),
    148: () => keep(memo.size),
    104: () => recall(u8()),
    106: () => recall(u32()),
    // GLOBAL, STACK_GLOBAL
    99: () => {
      const module = line();
      global(`${module}.${line()}`);
    },
    147: () => {
      const [name, module] = [pop(), pop()];
      global(typeof module === "string" && typeof name === "string" ? `${module}.${name}` : bad());
    },
    // REDUCE and NEWOBJ call what is known; BUILD sets attributes, of which tensors and their containers need none.
    82: call,
    129: call,
    98: () => {
      pop();
      dict(top());
    },
    // BINPERSID
    81: () => push(known.load(pop())),
  };

  for (let count = 1; ; count++) {
    const opcode = u8();
    if (opcode === 0x2e) break; // STOP
    const run = OPCODES[opcode] ?? refuseFile("pickleOpcode", source, { opcode: opcode.toString(16) });
    run();
    if (count % 4096 === 0) await pace.at(at / bytes.length);
  }
  const value = pop();
  return stack.length === 0 ? value : bad();
}
