// With celoss.wasm beside the bundle.
import { load } from "celoss";

console.log((await load()).floors(3).doubleSoftmaxFloor.toFixed(4));
