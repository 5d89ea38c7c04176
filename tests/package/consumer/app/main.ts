import "celoss/cross-entropy-demo";
import { load } from "celoss";

const { loss } = (await load()).crossEntropy(
  [
    [1, 2, 3],
    [3, 2, 1],
  ],
  [2, 0],
);
for (const output of document.querySelectorAll("output")) output.value = loss.toFixed(4);
