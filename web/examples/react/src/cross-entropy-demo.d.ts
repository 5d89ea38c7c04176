// React learns the element: its attributes, and its event as React 19 listens to the events of elements.
import type { CrossEntropyDemo, CrossEntropyDemoAttributes, DemoChange } from "celoss/element";
import type { DetailedHTMLProps, HTMLAttributes } from "react";

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "cross-entropy-demo": DetailedHTMLProps<HTMLAttributes<CrossEntropyDemo>, CrossEntropyDemo> &
        CrossEntropyDemoAttributes & { "onceloss-change"?: (event: CustomEvent<DemoChange>) => void };
    }
  }
}
