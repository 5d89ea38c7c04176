// The element, defined: all that a <script type="module"> needs. On a server the import does nothing.

import { CrossEntropyDemo, define } from "./element.ts";

export * from "./element.ts";

/** The whole page lies beside this module, unless a bundler has moved it somewhere else. */
const here = import.meta.url;
if (here.endsWith("/cross-entropy-demo.js")) CrossEntropyDemo.wholePage = here.replace(/[^/]*$/, "index.html");

if (typeof window !== "undefined") define();
