// Where the engine runs.

import { engineHere, engineUrl } from "virtual:batch-engine";
import { type Running, Thread } from "../../lab/thread.ts";
import type { Order, Report } from "./messages.ts";
import type { Host } from "./store.ts";

interface Engine {
  start(tell: (report: Report) => void): Running<Order>;
}

export const hostEngine: Host = (hear, fail) =>
  new Thread<Order, Report>(
    { url: engineUrl, here: async (tell) => (await engineHere<Engine>()).start(tell) },
    hear,
    fail,
  );
