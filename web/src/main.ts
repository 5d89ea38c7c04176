// The page: the demo and what an address, a window and a frame add to it.

// First, and in the order of the fallback that repeats them: so the texts stand within the 32 KB that gzip looks back,
// and are stored once (4 KB less; see finish.ts).
import "./i18n/zh.ts";
import "./i18n/en.ts";
import { CrossEntropyDemo } from "./elements/cross-entropy-demo.ts";
import { define } from "./elements/define.ts";
import { bindPage } from "./page.ts";

define();

const demo = document.querySelector("cross-entropy-demo");
if (demo instanceof CrossEntropyDemo) bindPage(demo);
