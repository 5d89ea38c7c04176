// What the engine reads and judges with.

import { wasmBinary } from "virtual:diagnosis-wasm-bytes";
import { load } from "../../lab/diagnosis/index.ts";
import type { DiagnosisCore } from "../../lab/diagnosis/types.ts";
import { readFiles } from "../../read/files.ts";
import { readTextInTurns } from "../../read/text.ts";
import type { Reading, ReadOptions } from "../../read/types.ts";
import { LARGEST_FILE } from "../../read/zip.ts";
import type { Readers } from "./engine.ts";
import type { Material } from "./messages.ts";

async function read(material: Material, options: ReadOptions): Promise<Reading> {
  if ("text" in material) return readTextInTurns(material.text, options);
  // Before its bytes fill the memory.
  const tooLarge = material.files.find(({ size }) => size > LARGEST_FILE);
  if (tooLarge) return refused(tooLarge);
  const files = material.files.map(async (file) => ({
    name: file.name,
    bytes: new Uint8Array(await file.arrayBuffer()),
  }));
  return readFiles(await Promise.all(files), options);
}

const refused = ({ name, size }: File): Reading => ({
  kind: "refused",
  refusal: {
    kind: "fileTooLarge",
    place: { source: name, line: null, column: null },
    details: { size, most: LARGEST_FILE },
    fix: null,
  },
});

let running: Promise<DiagnosisCore> | null = null;

function core(): Promise<DiagnosisCore> {
  running ??= wasmBinary().then((bytes) => load({ wasmBinary: bytes }));
  return running;
}

export const readers: Readers = { read, core };
