// With celoss.wasm in the bundle.
import { load } from "celoss";
import wasmBinary from "celoss/celoss.wasm";

console.log((await load({ wasmBinary })).floors(3).doubleSoftmaxFloor.toFixed(4));
