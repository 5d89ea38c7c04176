// The demo as a widget of Jupyter: what anywidget takes as _esm, after a bundler (npx esbuild anywidget.js --bundle
// --format=esm --outfile=widget.js) or with the address of element.js in the import.
//
//   class CrossEntropy(anywidget.AnyWidget):
//       _esm = pathlib.Path("widget.js")
//       x = traitlets.Unicode("1,2,3;3,2,1").tag(sync=True)  # y, step and lang likewise
//       hash = traitlets.Unicode("").tag(sync=True)  # what the reader has made of them

import { define } from "celoss/element";

function render({ model, el }) {
  define();
  const demo = document.createElement("cross-entropy-demo");
  for (const name of ["x", "y", "step", "lang"]) {
    const follow = () => {
      const text = model.get(name);
      if (text) demo.setAttribute(name, text);
      else demo.removeAttribute(name);
    };
    model.on(`change:${name}`, follow);
    follow();
  }
  demo.addEventListener("celoss-change", ({ detail }) => {
    model.set("hash", detail.hash);
    model.save_changes();
  });
  el.append(demo);
}

export default { render };
