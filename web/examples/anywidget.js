// The demo as a widget of Jupyter: what anywidget takes as _esm, once a bundler has put celoss into it, or with the
// import below as an absolute address. The traits x, y, step and lang are attributes; hash comes back.
import { define } from "celoss/element";

const traits = ["x", "y", "step", "lang"];

function render({ model, el }) {
  define();
  const demo = document.createElement("cross-entropy-demo");
  for (const name of traits) {
    const follow = () => demo.setAttribute(name, model.get(name));
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
