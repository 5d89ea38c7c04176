// The element for other people's pages: its class, and a function that defines it. Importing this does nothing else.

export { CrossEntropyDemo } from "../elements/cross-entropy-demo.ts";
export { define } from "../elements/define.ts";
export type { DemoChange } from "../elements/demo/teller.ts";
