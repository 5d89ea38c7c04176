// The modules that the build makes (web/plugins).

declare module "virtual:formulas" {
  import type { FormulaName } from "./formulas.ts";
  export const mathml: Readonly<Record<FormulaName, string>>;
}

declare module "virtual:celoss-wasm-bytes" {
  /** celoss.wasm, deflated, in base64. */
  export const deflated: string;
}

declare module "*.css?inline" {
  const css: string;
  export default css;
}
