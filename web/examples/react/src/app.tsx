import "celoss/cross-entropy-demo.js";
import { useState } from "react";

const examples = { confident: "9,0,0;0,9,0", unsure: "1,1,1;1,1,1" };

export function App() {
  const [x, setX] = useState(examples.confident);
  const [hash, setHash] = useState("");
  return (
    <>
      <h1>Two samples</h1>
      <p>
        {Object.entries(examples).map(([name, rows]) => (
          <button type="button" key={name} onClick={() => setX(rows)}>
            {name}
          </button>
        ))}
      </p>
      <figure aria-label="softmax">
        <cross-entropy-demo step="data,softmax" x={x} y="0,1" onceloss-change={({ detail }) => setHash(detail.hash)} />
      </figure>
      <figure aria-label="loss, read only">
        <cross-entropy-demo step="cross-entropy" x={x} y="0,1" readonly />
      </figure>
      <output aria-label="what is shown">{hash}</output>
    </>
  );
}
