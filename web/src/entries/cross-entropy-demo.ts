// The element, defined: all that a <script type="module"> needs. On a server the import does nothing.

import { started } from "./stand-in.ts";

// What follows brings Lit along, and may fail.

import { address } from "virtual:address";
import { CrossEntropyDemo, define } from "./element.ts";

export { CrossEntropyDemo, type DemoChange, define } from "./element.ts";

/** Where the page is published, if the build was told; else beside this module, unless a bundler has moved it (some then
 * say where it was on their disk). */
const here = import.meta.url;
if (address !== null) CrossEntropyDemo.wholePage = `${address}index.html`;
else if (/^https?:.*\/cross-entropy-demo\.js$/.test(here))
  CrossEntropyDemo.wholePage = here.replace(/[^/]*$/, "index.html");

if (typeof window !== "undefined") define();
started();
