// Everybody who computes the mean cross-entropy of float32 logits (N, C) with class indices, and its gradient.
//
// open(problem) makes one of them ready for { N, C, logits, target }. It resolves to { api, resident, close }; what it
// does not have is left out:
//   api        logits and target are JavaScript's arrays, and so is the gradient
//   resident   logits, target and gradient lie in memory of its own
//   close()    gives that memory back
// A mode is { forward, gradient, read }: forward() and gradient() return the loss, or a promise of it; read() returns
// what gradient() made last as a Float32Array.

import * as jax from "@jax-js/jax";
import "@tensorflow/tfjs-backend-cpu";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import * as ort from "onnxruntime-web/wasm";
import { load } from "../../../dist/celoss.js";
import { input, model, node, output } from "./onnx.js";

const celoss = await load();

export const ours = {
  name: "celoss",
  open({ N, C, logits, target }) {
    const mode = (x, t, gradient) => ({
      forward: () => celoss.crossEntropy(x, t).loss,
      gradient: () => celoss.crossEntropy(x, t, { gradient }).loss,
      read: () => gradient.data ?? gradient,
    });
    const x = celoss.tensor([N, C]);
    const t = celoss.tensor([N], { dtype: "int32" });
    const gradient = celoss.tensor([N, C]);
    x.data.set(logits);
    t.data.set(target);
    return {
      api: mode({ data: logits, shape: [N, C] }, target, new Float32Array(N * C)),
      resident: mode(x, t, gradient),
      close: () => [x, t, gradient].forEach((tensor) => void tensor.free()),
    };
  },
};

// ---- A plain loop ----

/** What anybody would write who has no library; the others are checked against it. */
export const plain = {
  name: "plain JS",
  open({ C, logits, target }) {
    const gradient = new Float32Array(logits.length);
    const mode = {
      forward: () => crossEntropy(logits, target, C),
      gradient: () => crossEntropyWithGradient(logits, target, C, gradient),
      read: () => gradient,
    };
    return { api: mode, resident: mode, close() {} };
  },
};

function crossEntropy(logits, target, C) {
  const N = target.length;
  let total = 0;
  for (let n = 0; n < N; n++) {
    const start = n * C;
    let max = -Infinity;
    for (let c = 0; c < C; c++) max = Math.max(max, logits[start + c]);
    let sum = 0;
    for (let c = 0; c < C; c++) sum += Math.exp(logits[start + c] - max);
    total += Math.log(sum) + max - logits[start + target[n]];
  }
  return total / N;
}

function crossEntropyWithGradient(logits, target, C, gradient) {
  const N = target.length;
  let total = 0;
  for (let n = 0; n < N; n++) {
    const start = n * C;
    let max = -Infinity;
    for (let c = 0; c < C; c++) max = Math.max(max, logits[start + c]);
    let sum = 0;
    for (let c = 0; c < C; c++) {
      const e = Math.exp(logits[start + c] - max);
      gradient[start + c] = e;
      sum += e;
    }
    const scale = 1 / (sum * N);
    for (let c = 0; c < C; c++) gradient[start + c] *= scale;
    gradient[start + target[n]] -= 1 / N;
    total += Math.log(sum) + max - logits[start + target[n]];
  }
  return total / N;
}

// ---- TensorFlow.js ----

tf.enableProdMode();
const wasmFolder = new URL(/* @vite-ignore */ "./node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
setWasmPaths(wasmFolder.href);

/** The fast way: the fused softmax, and the logarithm of what is left. */
const logOfSoftmax = {
  forward: (x, t) => meanLoss(pick(tf.softmax(x), t).dataSync()),
  gradient(x, t) {
    const [N, C] = x.shape;
    const p = tf.softmax(x);
    const gradient = tf.mul(tf.sub(p, mask(t, C)), 1 / N);
    return { loss: meanLoss(pick(p, t).dataSync()), gradient };
  },
  gradientInJs(x, target) {
    const [N, C] = x.shape;
    const gradient = tf.mul(tf.softmax(x), 1 / N).dataSync();
    const loss = meanLoss(Float32Array.from(target, (c, n) => gradient[n * C + c] * N));
    subtractTarget(gradient, target, C);
    return { loss, gradient };
  },
};

/** A gathered element takes 100 ns, a masked one 1. */
function pick(p, t) {
  const [N, C] = p.shape;
  if (C < 100) return tf.sum(tf.mul(p, mask(t, C)), 1);
  return tf.gather(tf.reshape(p, [N * C]), tf.add(t, tf.range(0, N * C, C, "int32")));
}

function meanLoss(probabilities) {
  let total = 0;
  for (const p of probabilities) total -= Math.log(p);
  return total / probabilities.length;
}

/** From softmax / N to the gradient. */
function subtractTarget(gradient, target, C) {
  const N = target.length;
  for (let n = 0; n < N; n++) gradient[n * C + target[n]] -= 1 / N;
}

/** The documented way; differentiating a mean would need gradients that tfjs-core leaves out. */
const documented = {
  forward: (x, t) => tf.mean(documentedLosses(x, t)).dataSync()[0],
  gradient(x, t) {
    const [N] = x.shape;
    const { value, grad } = tf.valueAndGrad((logits) => documentedLosses(logits, t))(x, tf.fill([N], 1 / N));
    return { loss: tf.mean(value).dataSync()[0], gradient: grad };
  },
  gradientInJs(x, target) {
    const { loss, gradient } = documented.gradient(x, tf.tensor1d(target, "int32"));
    return { loss, gradient: gradient.dataSync() };
  },
};

const documentedLosses = (x, t) =>
  tf.losses.softmaxCrossEntropy(mask(t, x.shape[1]), x, undefined, 0, tf.Reduction.NONE);

/** tfjs-wasm's oneHot writes integers, whatever dtype it is asked for. */
const mask = (t, C) => tf.cast(tf.oneHot(t, C), "float32");

const tfjs = (backend, way) => ({
  async select() {
    if (!(await tf.setBackend(backend))) throw new Error(`${backend} does not start`);
  },
  open({ N, C, logits, target }) {
    const input = () => tf.tensor2d(logits, [N, C]);
    const x = input();
    const t = tf.tensor1d(target, "int32");
    let inJs;
    let kept = tf.scalar(0);
    return {
      api: {
        forward: () => tf.tidy(() => way.forward(input(), tf.tensor1d(target, "int32"))),
        gradient() {
          tf.tidy(() => {
            inJs = way.gradientInJs(input(), target);
          });
          return inJs.loss;
        },
        read: () => inJs.gradient,
      },
      resident: {
        forward: () => tf.tidy(() => way.forward(x, t)),
        gradient() {
          kept.dispose();
          const { loss, gradient } = tf.tidy(() => way.gradient(x, t));
          kept = gradient;
          return loss;
        },
        read: () => kept.dataSync(),
      },
      close: () => tf.dispose([x, t, kept]),
    };
  },
});

// ---- ONNX Runtime ----
// Its inputs and outputs are JavaScript's arrays.

ort.env.wasm.numThreads = 1; // more would need a page that is cross-origin isolated

const x = input("x", "float32", ["N", "C"]);
const t = input("t", "int32", ["N"]);
const scale = input("scale", "float32", ["one"]); // 1 / N
const loss = output("loss", "float32", []);
const scaled = output("scaled", "float32", ["N", "C"]); // softmax / N
const lossOnly = model(node("SoftmaxCrossEntropyLoss", ["x", "t"], ["loss"]), x, t, loss);
const softmaxOnly = model(node("Softmax", ["x"], ["p"]), node("Mul", ["p", "scale"], ["scaled"]), x, scale, scaled);
const lossAndSoftmax = model(
  node("SoftmaxCrossEntropyLoss", ["x", "t"], ["loss", "logP"]),
  node("Exp", ["logP"], ["p"]),
  node("Mul", ["p", "scale"], ["scaled"]),
  ...[x, t, scale, loss, scaled],
);

const tensors = ({ N, C, logits, target }) => ({
  x: new ort.Tensor("float32", logits, [N, C]),
  t: new ort.Tensor("int32", target, [N]),
  scale: new ort.Tensor("float32", [1 / N], [1]),
});

async function openOnnx(problem) {
  const { C, target } = problem;
  const { x, t, scale } = tensors(problem);
  const forward = await ort.InferenceSession.create(lossOnly);
  const both = await ort.InferenceSession.create(lossAndSoftmax);
  let gradient;
  return {
    api: {
      forward: async () => (await forward.run({ x, t })).loss.data[0],
      async gradient() {
        const { loss, scaled } = await both.run({ x, t, scale });
        gradient = scaled.data;
        subtractTarget(gradient, target, C);
        return loss.data[0];
      },
      read: () => gradient,
    },
    close: () => Promise.all([forward.release(), both.release()]),
  };
}

async function openOnnxSoftmax(problem) {
  const { N, C, target } = problem;
  const { x, scale } = tensors(problem);
  const session = await ort.InferenceSession.create(softmaxOnly);
  let gradient;
  return {
    api: {
      async gradient() {
        gradient = (await session.run({ x, scale })).scaled.data;
        const loss = meanLoss(Float32Array.from(target, (c, n) => gradient[n * C + c] * N));
        subtractTarget(gradient, target, C);
        return loss;
      },
      read: () => gradient,
    },
    close: () => session.release(),
  };
}

// ---- jax-js ----

const { numpy: np } = jax;

/** Every use of an array but the last takes a reference. */
const jaxForward = jax.jit((x, t) => {
  const picked = np.takeAlongAxis(x.ref, np.expandDims(t, 1), 1);
  return np.mean(np.expandDims(jax.nn.logsumexp(x, 1), 1).sub(picked));
});

/** takeAlongAxis cannot be differentiated within jit. */
const jaxGradient = jax.jit(
  jax.valueAndGrad((x, t) => {
    const picked = np.sum(x.ref.mul(jax.nn.oneHot(t, x.shape[1])), 1);
    return np.mean(jax.nn.logsumexp(x, 1).sub(picked));
  }),
);

async function openJax({ N, C, logits, target }) {
  // The Worker that others leave behind in Node makes it share memory that it did not make for sharing.
  if (globalThis.process) delete globalThis.Worker;
  await jax.init("wasm");
  jax.defaultDevice("wasm");
  const input = () => np.array(logits).reshape([N, C]);
  const x = input();
  const t = np.array(target);
  let inJs;
  let kept = np.zeros([1]);
  return {
    api: {
      forward: () => jaxForward(input(), np.array(target)).dataSync()[0],
      gradient() {
        const [loss, gradient] = jaxGradient(input(), np.array(target));
        inJs = gradient.dataSync();
        return loss.dataSync()[0];
      },
      read: () => inJs,
    },
    resident: {
      forward: () => jaxForward(x.ref, t.ref).dataSync()[0],
      gradient() {
        kept.dispose();
        const [loss, gradient] = jaxGradient(x.ref, t.ref);
        kept = gradient;
        return loss.dataSync()[0];
      },
      read: () => kept.ref.dataSync(),
    },
    close: () => [x, t, kept].forEach((array) => void array.dispose()),
  };
}

/**
 * unsafe: takes the logarithm of a probability, and returns Infinity where that underflows.
 * most: how many logits it gets; tfjs-cpu would take seconds for more, jax-js asks for more than 4 GiB.
 * select(): has to be called before anything else is; TensorFlow.js's backends share an engine.
 */
export const peers = [
  plain,
  { name: "tfjs-wasm, log of softmax", unsafe: true, ...tfjs("wasm", logOfSoftmax) },
  { name: "tfjs-wasm, tf.losses", ...tfjs("wasm", documented) },
  { name: "tfjs-cpu, log of softmax", unsafe: true, most: 130_000, ...tfjs("cpu", logOfSoftmax) },
  { name: "onnxruntime-web, softmax", unsafe: true, open: openOnnxSoftmax },
  { name: "onnxruntime-web", open: openOnnx },
  { name: "jax-js", most: 2_000_000, open: openJax },
];
