// The modules that the build makes (web/plugins).

declare module "virtual:formulas" {
  import type { FormulaName } from "./formulas.ts";
  export const mathml: Readonly<Record<FormulaName, string>>;
}

declare module "virtual:lab-wasm-bytes" {
  /** The bytes of lab.wasm: inflated from the page itself, or fetched from beside it. */
  export function wasmBinary(): Promise<BufferSource>;
}

declare module "virtual:diagnosis-wasm-bytes" {
  /** The bytes of diagnosis.wasm, in the same way. */
  export function wasmBinary(): Promise<BufferSource>;
}

declare module "virtual:address" {
  /** Where the page is published, ending with "/"; null: the build was not told. */
  export const address: string | null;
}

declare module "*.css?inline" {
  const css: string;
  export default css;
}

declare module "virtual:batch-engine" {
  /** The address of the engine's script, for a worker. */
  export function engineUrl(): string;
  /** What the script leaves in this page. */
  export function engineHere<Here>(): Promise<Here>;
}
