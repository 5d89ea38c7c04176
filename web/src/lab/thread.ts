// Where long work is done: in a worker, or, where none can start, in the page itself.

/** A program that runs in both. */
export interface Program<In, Out> {
  /** The address of its script, which says READY once it hears what a worker is sent. */
  url(): string;
  /** The same in this page, where it works in pieces. */
  here(tell: (out: Out) => void): Promise<Running<In>>;
}

export interface Running<In> {
  post(order: In): void;
  /** Ends what is being done, at once, and forgets what was kept for it. */
  end(): void;
}

export const READY = "ready";

/** The Trusted Types policy by which a worker is given the address of its script. */
const POLICY = "celoss-worker";

export class Thread<In, Out> implements Running<In> {
  readonly #program: Program<In, Out>;
  readonly #hear: (out: Out) => void;
  readonly #fail: (error: unknown) => void;
  #worker: Worker | null = null;
  /** Orders that a worker may not live to hear. */
  #unheard: In[] = [];
  /** No worker can start: an article's policy forbids it, or the script is of another origin. */
  #forbidden = false;
  #here: Promise<Running<In>> | null = null;

  /** Nothing starts before the first order. Orders that fail, fail aloud. */
  constructor(program: Program<In, Out>, hear: (out: Out) => void, fail: (error: unknown) => void) {
    this.#program = program;
    this.#hear = hear;
    this.#fail = fail;
  }

  post(order: In): void {
    if (!this.#forbidden && this.#worker === null) this.#start();
    if (this.#worker === null) this.#postHere(order);
    else {
      this.#unheard.push(order);
      this.#worker.postMessage(order);
    }
  }

  end(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#unheard = [];
    this.#here?.then((running) => running.end(), this.#fail);
  }

  #start(): void {
    let worker: Worker;
    try {
      worker = new Worker(trusted(this.#program.url()));
    } catch {
      // Firefox's way to say that the policy forbids it, and everybody's where the origin is another.
      this.#forbidden = true;
      return;
    }
    this.#worker = worker;
    let ready = false;
    worker.onmessage = ({ data }) => {
      if (worker !== this.#worker) return;
      if (data === READY) {
        ready = true;
        this.#unheard = [];
      } else this.#hear(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (worker !== this.#worker) return;
      if (ready) return this.#fail(event.message);
      // Chromium's and WebKit's way.
      this.#worker = null;
      this.#forbidden = true;
      for (const order of this.#unheard.splice(0)) this.#postHere(order);
    };
  }

  #postHere(order: In): void {
    this.#here ??= this.#program.here(this.#hear);
    this.#here.then((running) => running.post(order), this.#fail);
  }
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

let createScriptURL: ((url: string) => string) | null = null;

/** The address as Trusted Types want it, where a page asks for them. */
function trusted(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (createScriptURL === null) {
    const policy = trustedTypes?.createPolicy(POLICY, { createScriptURL: (url) => url });
    createScriptURL = policy ? (url) => policy.createScriptURL(url) : (url) => url;
  }
  return createScriptURL(url);
}
