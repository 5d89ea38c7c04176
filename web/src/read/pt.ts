// .pt and .pth as torch.save writes them since 1.6: a zip with a pickle, and the storages that its tensors look into.

import { contiguous, countOf, isRowMajor, itemSize, numbers } from "./arrays.ts";
import { leavesOf } from "./leaves.ts";
import type { Pace } from "./pace.ts";
import { Global, type Known, Made, unpickle, type Value } from "./pickle.ts";
import { refuseFile } from "./refusal.ts";
import type { NumberDtype, NumberTensor, Place, ReadTensor, Values } from "./types.ts";
import { LARGEST_SURE, type Member, unpack } from "./zip.ts";

/** The dtypes by the classes of their storages. */
const STORAGES: ReadonlyMap<string, NumberDtype> = new Map([
  ["torch.HalfStorage", "float16"],
  ["torch.BFloat16Storage", "bfloat16"],
  ["torch.FloatStorage", "float32"],
  ["torch.DoubleStorage", "float64"],
  ["torch.CharStorage", "int8"],
  ["torch.ByteStorage", "uint8"],
  ["torch.ShortStorage", "int16"],
  ["torch.IntStorage", "int32"],
  ["torch.LongStorage", "int64"],
  ["torch.BoolStorage", "bool"],
]);

/** Storages of bytes; the tensors' dtypes are younger than the classes above. */
const UNTYPED: readonly string[] = ["torch.UntypedStorage", "torch.storage.UntypedStorage"];
const YOUNG_DTYPES: ReadonlyMap<string, NumberDtype> = new Map([
  ["torch.uint16", "uint16"],
  ["torch.uint32", "uint32"],
  ["torch.uint64", "uint64"],
]);

const MOST_DIMENSIONS = 64;

const PICKLE = /^(.*\/)?data\.pkl$/;

const SAVE_PLAINLY = 'torch.save({"logits": logits, "labels": labels}, "batch.pt")';
const SAVE_RESOLVED = 'torch.save(logits.resolve_conj().resolve_neg(), "logits.pt")';
const SAVE_FLOATS = 'torch.save(logits.float(), "logits.pt")';

/** A storage, before its bytes are read; its length is in numbers, or in bytes where it has no dtype. */
class Storage extends Made {
  readonly key: string;
  readonly dtype: NumberDtype | null;
  readonly length: number;

  constructor(key: string, dtype: NumberDtype | null, length: number) {
    super();
    this.key = key;
    this.dtype = dtype;
    this.length = length;
  }
}

/** A tensor before then. */
class View extends Made {
  readonly storage: Storage;
  readonly dtype: NumberDtype;
  readonly shape: readonly number[];
  /** In numbers. */
  readonly strides: readonly number[];
  readonly offset: number;

  constructor(
    storage: Storage,
    dtype: NumberDtype,
    shape: readonly number[],
    strides: readonly number[],
    offset: number,
  ) {
    super();
    this.storage = storage;
    this.dtype = dtype;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
  }
}

export function isPt(members: readonly Member[]): boolean {
  return members.some(({ name }) => PICKLE.test(name));
}

/** All tensors in it; numbers, texts and lists of them are tensors too. Or throws Refused. */
export async function readPt(
  bytes: Uint8Array<ArrayBuffer>,
  members: readonly Member[],
  source: string,
  pace: Pace,
): Promise<readonly ReadTensor[]> {
  const byName = new Map(members.map((member) => [member.name, member]));
  const pickle = members.find(({ name }) => PICKLE.test(name)) as Member;
  const root = pickle.name.slice(0, -"data.pkl".length);
  const read = (member: Member) => unpack(bytes, member, source, pace);
  const order = byName.get(`${root}byteorder`);
  const bigEndian = order !== undefined && new TextDecoder().decode(await read(order)) === "big";
  const value = await unpickle(await read(pickle), namesOfTorch(source), source, pace);

  const storages = new Map<string, Values>();
  const storageOf = async ({ storage, dtype, shape }: View, where: string): Promise<Values> => {
    const id = `${dtype} ${storage.key}`;
    const known = storages.get(id);
    if (known !== undefined) return known;
    const member = byName.get(`${root}data/${storage.key}`) ?? refuseFile("ptStorage", where, { key: storage.key });
    const expected = storage.length * (storage.dtype === null ? 1 : itemSize(storage.dtype));
    const got = member.size;
    if (got !== expected || got % itemSize(dtype) !== 0)
      refuseFile("lengthOfArray", where, { shape, dtype, expected, got });
    const all = numbers(await read(member), dtype, { bigEndian, source: where });
    storages.set(id, all);
    return all;
  };

  let copied = 0;
  const tensorOf = async (view: View, where: string): Promise<Omit<NumberTensor, "name" | "place">> => {
    const { dtype, shape, strides, offset } = view;
    const all = await storageOf(view, where);
    const count = countOf(shape);
    const last = shape.reduce((sum, size, dim) => sum + (size - 1) * (strides[dim] as number), offset);
    if (count > 0 && last >= all.length) refuseFile("ptView", where, { shape, expected: last + 1, got: all.length });
    // With strides of 0 a storage of one number can be billions.
    if (!isRowMajor(shape, strides)) copied += count * itemSize(dtype);
    if (copied > LARGEST_SURE + 2 * bytes.length) refuseFile("ptExpanded", where, { shape });
    return {
      dtype,
      shape,
      stated: true,
      decimals: null,
      data: contiguous(all, shape, strides, count > 0 ? offset : 0),
    };
  };

  const tensors: ReadTensor[] = [];
  for (const { path, value: leaf } of leavesOf(value, (one): one is View => one instanceof View, source)) {
    const where = path === "" ? source : `${source}: ${path}`;
    const place: Place = { source: where, line: null, column: null };
    // A place in a tuple is no name.
    const name = path === "" || path.endsWith("]") ? null : path;
    tensors.push({ ...(leaf instanceof View ? await tensorOf(leaf, where) : leaf), name, place });
  }
  return tensors;
}

/** Those that a pickle of tensors has. */
function namesOfTorch(source: string): Known {
  const bad = (): never => refuseFile("pickleDamaged", source);
  const size = (value: Value | undefined): number => {
    return typeof value === "bigint" && value >= 0n && value <= Number.MAX_SAFE_INTEGER ? Number(value) : bad();
  };
  const sizes = (value: Value | undefined): number[] => {
    return Array.isArray(value) && value.length <= MOST_DIMENSIONS ? value.map(size) : bad();
  };
  /** metadata says that the numbers are to be negated or conjugated before they are used. */
  const rebuild = (
    [storage, offset, shape, strides]: readonly Value[],
    dtype: NumberDtype | null,
    metadata: Value | undefined,
  ): View => {
    if (metadata !== undefined && metadata !== null) refuseFile("ptMetadata", source, {}, SAVE_RESOLVED);
    if (!(storage instanceof Storage)) return bad();
    const view = new View(storage, dtype ?? storage.dtype ?? bad(), sizes(shape), sizes(strides), size(offset));
    return view.shape.length === view.strides.length ? view : bad();
  };
  const nameOf = (value: Value | undefined): string => (value instanceof Global ? value.name : bad());
  const calls = new Map<string, (parameters: readonly Value[]) => Value>([
    // Behind the first four, the gradient and the hooks.
    ["torch._utils._rebuild_tensor_v2", (parameters) => rebuild(parameters, null, parameters[6])],
    [
      "torch._utils._rebuild_tensor_v3",
      (parameters) => rebuild(parameters, YOUNG_DTYPES.get(nameOf(parameters[6])) ?? bad(), parameters[7]),
    ],
    ["torch._utils._rebuild_parameter", ([data = null]) => data],
    ["torch.Size", ([shape = null]) => shape],
    ["collections.OrderedDict", (parameters) => (parameters.length === 0 ? new Map() : bad())],
  ]);
  return {
    check(name) {
      const isKnown = STORAGES.has(name) || YOUNG_DTYPES.has(name) || UNTYPED.includes(name) || calls.has(name);
      if (isKnown) return;
      if (name.startsWith("torch.float8")) refuseFile("float8", source, { token: name }, SAVE_FLOATS);
      if (/^torch\.Complex\w+Storage$/.test(name))
        refuseFile("complexArray", source, { token: name }, 'torch.save(logits.real, "logits.pt")');
      refuseFile("pickleName", source, { name }, SAVE_PLAINLY);
    },
    call: (name, parameters) => (calls.get(name) ?? bad)(parameters),
    load(id) {
      const [kind, storage, key, , length] = Array.isArray(id) ? id : bad();
      if (kind !== "storage" || typeof key !== "string") return bad();
      const name = nameOf(storage);
      return new Storage(key, UNTYPED.includes(name) ? null : (STORAGES.get(name) ?? bad()), size(length));
    },
  };
}
