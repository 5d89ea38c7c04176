// Where the engine runs.

import { engineHere, engineUrl } from "virtual:batch-engine";
import { Thread } from "../../lab/thread.ts";
import type { Order, Report } from "./messages.ts";
import type { Host } from "./store.ts";

export const hostEngine: Host = (hear, fail) =>
  new Thread<Order, Report>({ url: engineUrl, here: async (tell) => (await engineHere()).start(tell) }, hear, fail);
