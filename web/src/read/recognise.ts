// What a file is, by what is in it: a name says little, .pt and .ckpt are several formats each.

/** What is refused by name: with the kind of its refusal, what it is called, and the line that saves it otherwise. */
export interface Foreign {
  readonly kind: "foreignArchive" | "foreignPicture" | "foreignData" | "foreignModel" | "pickle" | "torchLegacy";
  readonly format: string;
  readonly fix: string | null;
}

type Signature = readonly [kind: Foreign["kind"], format: string, signature: string, at?: number];

/** Such as no text begins with. */
const SIGNATURES: readonly Signature[] = [
  ["foreignArchive", "gzip", "\x1f\x8b\x08"],
  ["foreignArchive", "bzip2", "1AY&SY", 4],
  ["foreignArchive", "xz", "\xfd7zXZ\0"],
  ["foreignArchive", "zstd", "\x28\xb5\x2f\xfd"],
  ["foreignArchive", "7z", "7z\xbc\xaf\x27\x1c"],
  ["foreignArchive", "RAR", "Rar!\x1a\x07"],
  ["foreignArchive", "tar", "ustar\0", 257],
  ["foreignArchive", "tar", "ustar ", 257],
  ["foreignPicture", "PDF", "%PDF-"],
  ["foreignPicture", "PNG", "\x89PNG\r\n\x1a\n"],
  ["foreignPicture", "JPEG", "\xff\xd8\xff"],
  ["foreignPicture", "GIF", "GIF89a"],
  ["foreignPicture", "GIF", "GIF87a"],
  ["foreignPicture", "WebP", "WEBPVP8", 8],
  ["foreignPicture", "TIFF", "II*\0"],
  ["foreignPicture", "TIFF", "MM\0*"],
  ["foreignPicture", "MP4, HEIC", "ftyp", 4],
  ["foreignData", "HDF5", "\x89HDF\r\n\x1a\n"],
  ["foreignData", "HDF5", "\x89HDF\r\n\x1a\n", 512], // behind MATLAB 7.3's own header
  ["foreignData", "MATLAB", "MATLAB 5.0 MAT-file"],
  ["foreignData", "Arrow", "ARROW1\0\0"],
  ["foreignData", "Parquet", "PAR1\x15"],
  ["foreignData", "SQLite", "SQLite format 3\0"],
  ["foreignData", "Excel, Word (97)", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
  ["foreignModel", "GGUF", "GGUF\x02\0"],
  ["foreignModel", "GGUF", "GGUF\x03\0"],
  ["foreignModel", "TensorFlow Lite", "TFL3", 4],
  // torch.save before 1.6 begins with the pickle of this number.
  ["torchLegacy", "PyTorch (before 1.6)", "\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19."],
  // A pickle names its protocol first; from 4 on a frame follows.
  ["pickle", "pickle", "\x80\x02"],
  ["pickle", "pickle", "\x80\x03"],
  ["pickle", "pickle", "\x80\x04\x95"],
  ["pickle", "pickle", "\x80\x05\x95"],
];

const SAVE_AGAIN: Readonly<Partial<Record<Foreign["kind"], string>>> = {
  foreignData: 'np.savez("batch.npz", logits=logits, labels=labels)',
  pickle: 'np.save("logits.npy", np.asarray(pickle.load(open("logits.pkl", "rb"))))',
  torchLegacy: 'torch.save(torch.load("logits.pt"), "again.pt")',
};

export function foreignOf(bytes: Uint8Array): Foreign | null {
  const found = SIGNATURES.find(([, , signature, at = 0]) => isAt(bytes, signature, at));
  if (found === undefined) return null;
  const [kind, format] = found;
  return { kind, format, fix: SAVE_AGAIN[kind] ?? null };
}

/** Members by which other zips than .npz and .pt are known. */
const IN_ZIPS: readonly (readonly [kind: Foreign["kind"], format: string, member: RegExp])[] = [
  ["foreignData", "Excel", /^xl\/workbook\./],
  ["foreignPicture", "Word", /^word\/document\./],
  ["foreignPicture", "PowerPoint", /^ppt\/presentation\./],
  ["foreignData", "OpenDocument", /^META-INF\/manifest\.xml$/],
  ["foreignModel", "Keras", /(^|\/)model\.weights\.h5$/],
  ["foreignModel", "TorchScript", /^[^/]+\/constants\.pkl$/],
];

export function foreignZip(members: readonly { readonly name: string }[]): Foreign | null {
  const found = IN_ZIPS.find(([, , pattern]) => members.some(({ name }) => pattern.test(name)));
  if (found === undefined) return null;
  const [kind, format] = found;
  return { kind, format, fix: SAVE_AGAIN[kind] ?? null };
}

export function isAt(bytes: Uint8Array, signature: string, at = 0): boolean {
  for (let index = 0; index < signature.length; index++) {
    if (bytes[at + index] !== signature.charCodeAt(index)) return false;
  }
  return true;
}
