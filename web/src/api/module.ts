// Starts a WebAssembly module of ours.
import type { CelossWasm, CreateModule } from "celoss-wasm";
import { CelossError, unexpected } from "./errors.ts";

/** A running WebAssembly module and its memory. */
export interface Module<Wasm = CelossWasm> {
  wasm: Wasm;
  memory: WebAssembly.Memory;
}

/** The module of `wasmBinary`, or of the file of that name, which url() finds. */
export async function loadModule<Wasm>(
  createModule: CreateModule<Wasm>,
  name: string,
  url: () => URL,
  wasmBinary: unknown,
): Promise<Module<Wasm>> {
  if (wasmBinary !== undefined && !isCompiled(wasmBinary) && !isBufferSource(wasmBinary)) {
    throw unexpected("wasmBinary", "an ArrayBuffer, a typed array or a WebAssembly.Module", wasmBinary);
  }
  try {
    return await start(createModule, wasmBinary ?? (await fetchWasm(url())));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CelossError("webassembly_unavailable", `${name} could not be loaded: ${reason}`, { cause });
  }
}

async function fetchWasm(url: URL): Promise<BufferSource> {
  // Node's fetch does not read files.
  const fs = url.protocol === "file:" ? globalThis.process?.getBuiltinModule?.("node:fs/promises") : undefined;
  if (fs) return fs.readFile(url);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return response.arrayBuffer();
}

/** The glue is told how to instantiate, because it would print its errors and hide them in others. */
function start<Wasm>(
  createModule: CreateModule<Wasm>,
  wasmBinary: BufferSource | WebAssembly.Module,
): Promise<Module<Wasm>> {
  return new Promise((resolve, reject) => {
    let memory: WebAssembly.Memory;
    createModule({
      instantiateWasm(imports, receive) {
        instantiate(wasmBinary, imports)
          .then((instance) => {
            // Under what name it is exported, Emscripten decides.
            memory = Object.values(instance.exports).find(isMemory) as WebAssembly.Memory;
            receive(instance);
          })
          .catch(reject);
        return {};
      },
    }).then((wasm) => resolve({ wasm, memory }), reject);
  });
}

async function instantiate(
  wasmBinary: BufferSource | WebAssembly.Module,
  imports: WebAssembly.Imports,
): Promise<WebAssembly.Instance> {
  // Where code may not be compiled, it comes compiled.
  if (isCompiled(wasmBinary)) return WebAssembly.instantiate(wasmBinary, imports);
  return (await WebAssembly.instantiate(bytes(wasmBinary), imports)).instance;
}

function isMemory(value: unknown): value is WebAssembly.Memory {
  return value instanceof WebAssembly.Memory;
}

/** Also a module or a buffer of another window. */
function isCompiled(value: unknown): value is WebAssembly.Module {
  return Object.prototype.toString.call(value) === "[object WebAssembly.Module]";
}

function isBufferSource(value: unknown): value is BufferSource {
  return ArrayBuffer.isView(value) || Object.prototype.toString.call(value).endsWith("ArrayBuffer]");
}

/** A DataView is no BufferSource to every engine. */
function bytes(source: BufferSource): BufferSource {
  return ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : source;
}
