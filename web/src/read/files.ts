// Files become tensors, by what is in them: .npy, .npz, .safetensors, .pt and text. Several are read as one batch.

import { decode } from "./decode.ts";
import { isNpy, readNpy } from "./npy.ts";
import { isNpz, readNpz } from "./npz.ts";
import { Pace } from "./pace.ts";
import { isPt, readPt } from "./pt.ts";
import { type Foreign, foreignOf, foreignZip } from "./recognise.ts";
import { Refused, refuseFile } from "./refusal.ts";
import { isSafetensors, readSafetensors } from "./safetensors.ts";
import { readingText } from "./text.ts";
import type { Reading, ReadOptions, ReadTensor, Understood, Way } from "./types.ts";
import { isZip, LARGEST_FILE, listZip } from "./zip.ts";

export interface BroughtFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Reads files, of which each may have several tensors. One that is alone in its file and has no name there is called as
 * the file is: logits.npy, labels.npy. Numbers stay where they lie in the files' bytes, where they can. Rejects with the
 * signal's reason; what cannot be read is a refusal.
 */
export async function readFiles(files: readonly BroughtFile[], options: ReadOptions = {}): Promise<Reading> {
  const all = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  let done = 0;
  let reading: Reading = understood([]);
  for (const file of files) {
    const part = (fraction: number) => options.onProgress?.((done + fraction * file.bytes.length) / all);
    const next = await readFile(file, { ...options, onProgress: part });
    if (next.kind === "refused") return next;
    reading = together(reading, next, file.name);
    if (reading.kind === "refused") return reading;
    done += file.bytes.length;
  }
  return reading;
}

async function readFile({ name, bytes }: BroughtFile, options: ReadOptions): Promise<Reading> {
  try {
    if (bytes.length > LARGEST_FILE) refuseFile("fileTooLarge", name, { size: bytes.length, most: LARGEST_FILE });
    if (bytes.length === 0) refuseFile("nothing", name);
    const pace = new Pace(options);
    await pace.at(0);
    const stem = name.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "");
    if (isNpy(bytes)) return understood([readNpy(bytes, stem, name)]);
    if (isZip(bytes)) return called(understood(await readZip(bytes, name, pace)), stem);
    const foreign = foreignOf(bytes);
    if (foreign !== null) refuseForeign(foreign, name);
    if (isSafetensors(bytes)) return understood(readSafetensors(bytes, name));
    return await readTextFile(decode(bytes, name), name, stem, pace);
  } catch (error) {
    if (error instanceof Refused) return { kind: "refused", refusal: error.refusal };
    throw error;
  }
}

async function readTextFile(text: string, name: string, stem: string, pace: Pace): Promise<Reading> {
  const steps = readingText(text, { source: name });
  while (true) {
    const { done, value } = steps.next();
    if (!done) await pace.at(value);
    else return called(value, stem);
  }
}

/** A tensor that is alone, and has no name there, has the file's. */
function called(reading: Reading, stem: string): Reading {
  const call = (read: Understood): Understood => {
    const [only] = read.tensors;
    if (only === undefined || read.tensors.length > 1 || only.name !== null) return read;
    return { ...read, tensors: [{ ...only, name: stem }] };
  };
  if (reading.kind === "understood") return { ...reading, understood: call(reading.understood) };
  if (reading.kind === "refused") return reading;
  return { ...reading, ways: reading.ways.map((way) => ({ ...way, understood: call(way.understood) })) };
}

async function readZip(bytes: Uint8Array<ArrayBuffer>, name: string, pace: Pace): Promise<readonly ReadTensor[]> {
  const members = listZip(bytes, name);
  const foreign = foreignZip(members);
  if (foreign !== null) refuseForeign(foreign, name);
  if (isPt(members)) return readPt(bytes, members, name, pace);
  if (isNpz(members)) return readNpz(bytes, members, name, pace);
  return refuseFile("foreignArchive", name, { format: "zip" });
}

function refuseForeign({ kind, format, fix }: Foreign, source: string): never {
  refuseFile(kind, source, { format }, fix);
}

function understood(tensors: readonly ReadTensor[]): Reading & { kind: "understood" } {
  const reported = { loss: null, accuracy: null, classes: null };
  return { kind: "understood", understood: { tensors, reported, error: null, notices: [] } };
}

/** Both as one; a question that one of them asks is asked of both. */
function together(before: Reading, next: Reading, source: string): Reading {
  if (before.kind === "refused" || next.kind === "refused") return before.kind === "refused" ? before : next;
  if (before.kind === "understood" && next.kind === "understood") {
    return { kind: "understood", understood: joined(before.understood, next.understood) };
  }
  if (before.kind === "question" && next.kind === "question") {
    const place = { source, line: null, column: null };
    return { kind: "refused", refusal: { kind: "twoQuestions", place, details: {}, fix: null } };
  }
  const { question, ways } = (before.kind === "question" ? before : next) as Reading & { kind: "question" };
  const join = ({ id, understood }: Way): Way => ({
    id,
    understood:
      before.kind === "understood"
        ? joined(before.understood, understood)
        : joined(understood, (next as Reading & { kind: "understood" }).understood),
  });
  return { kind: "question", question, ways: ways.map(join) };
}

/** What the first says counts, where both say something. */
function joined(a: Understood, b: Understood): Understood {
  return {
    tensors: [...a.tensors, ...b.tensors],
    reported: {
      loss: a.reported.loss ?? b.reported.loss,
      accuracy: a.reported.accuracy ?? b.reported.accuracy,
      classes: a.reported.classes ?? b.reported.classes,
    },
    error: a.error ?? b.error,
    notices: [...a.notices, ...b.notices],
  };
}
