// The page: the demo and what an address, a window and a frame add to it.

// First, so that the texts stand at the head of the script, next to the fallback that repeats them (see finish.ts).
import "./i18n/index.ts";
import { CrossEntropyDemo } from "./elements/cross-entropy-demo.ts";
import { define } from "./elements/define.ts";
import { bindPage } from "./page.ts";

define();

const demo = document.querySelector("cross-entropy-demo");
if (demo instanceof CrossEntropyDemo) bindPage(demo);
