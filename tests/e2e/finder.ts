// The part of a driver that runs inside the page, the same in every engine: it finds things as assistive technology
// does, by role and accessible name (axe-core computes both), and reads them.
import type axeCore from "axe-core";
import type { VirtualNode } from "axe-core";

/** A thing on the page: by role and name, inside another thing if need be; or by its place in a named matrix. */
export type Target =
  | { role: string; name: Name; in?: Target }
  | { matrix: Name; row: number; column: number; in?: Target };
export type Name = string | RegExp;

export type Finder = ReturnType<typeof makeFinder>;

/** Sent to the page as source text: it must not use anything outside itself. */
export function makeFinder(axe: typeof axeCore) {
  // axe-core's own functions for roles and names; its types leave them out.
  const { commons, utils } = axe as unknown as {
    commons: Record<string, Record<string, CallableFunction>>;
    utils: { getFlattenedTree(root: Element): [VirtualNode] };
  };
  const { text, aria, dom } = commons;

  const oneSpace = (words: string) => words.replace(/\s+/g, " ").trim();
  const roleOf = (element: Element) => aria?.getRole?.(element) as string | null;
  const nameOf = (element: Element) => oneSpace(text?.accessibleText?.(element) as string);

  /** Every element that is rendered, in the order of the page, while a task of withAxe runs. */
  let everything: Element[] = [];

  /** axe-core's picture of the page takes long to make, so it is kept until the page changes. */
  let stale = true;
  const changes = new MutationObserver(() => {
    stale = true;
  });
  /** The roots that are watched. That an element gets one, as it is defined, is no change that could be watched. */
  const roots = new WeakSet<Node>();
  const observed = { subtree: true, childList: true, attributes: true, characterData: true };
  addEventListener("resize", () => {
    stale = true;
  });

  /** axe-core's functions need its tree of the page; what its setup makes besides, and takes long for, is for its rules. */
  function withAxe<Result>(task: () => Result): Result {
    const defined = everything.some(({ shadowRoot }) => shadowRoot && !roots.has(shadowRoot));
    if (changes.takeRecords().length > 0 || defined || stale) {
      const elementsOf = ({ actualNode, children }: VirtualNode): Element[] => [
        ...(actualNode instanceof Element ? [actualNode] : []),
        ...(children ?? []).flatMap(elementsOf),
      ];
      axe.teardown();
      everything = elementsOf(utils.getFlattenedTree(document.documentElement)[0]);
      for (const root of [document, ...everything.map(({ shadowRoot }) => shadowRoot)]) {
        if (root) {
          changes.observe(root, observed);
          roots.add(root);
        }
      }
      stale = false;
    }
    return task();
  }

  function contains(container: Element, element: Element): boolean {
    const root = element.getRootNode();
    return container.contains(element) || (root instanceof ShadowRoot && contains(container, root.host));
  }

  /** What a target means; an error that lists what there is instead, if that is not exactly one thing. */
  function find(target: Target): Element {
    if ("matrix" in target) {
      const cell = rows(findMatrix(target.matrix, target.in))[target.row]?.[target.column];
      if (!cell) throw new Error(`matrix ${target.matrix} has no cell in row ${target.row}, column ${target.column}`);
      return cell;
    }
    return only(target.name, target.in, (role) => role === target.role, target.role);
  }

  function findMatrix(name: Name, container?: Target): Element {
    return only(name, container, (role) => role === "grid" || role === "table", "matrix");
  }

  function only(name: Name, container: Target | undefined, hasRole: (role: string | null) => boolean, kind: string) {
    const place = container && find(container);
    const candidates = everything.filter(
      (element) =>
        hasRole(roleOf(element)) && dom?.isVisibleToScreenReaders?.(element) && (!place || contains(place, element)),
    );
    const found = candidates.filter((element) =>
      typeof name === "string" ? nameOf(element) === name : name.test(nameOf(element)),
    );
    if (found.length === 1 && found[0]) return found[0];
    const names = candidates.map((element) => `“${nameOf(element)}”`).join(", ");
    throw new Error(`${found.length} things are a ${kind} named ${name}; there are: ${names || "none"}`);
  }

  /** The cells of a matrix; the corner above the row headers is a cell too, to axe-core, but belongs to the head. */
  function rows(matrix: Element): Element[][] {
    const isCell = (element: Element) =>
      ["gridcell", "cell"].includes(roleOf(element) ?? "") && !element.closest("thead");
    const cells = everything.filter((element) => contains(matrix, element) && isCell(element));
    const byRow = new Map<Element | null, Element[]>();
    for (const cell of cells) {
      const row = cell.closest("tr, [role=row]");
      byRow.set(row, [...(byRow.get(row) ?? []), cell]);
    }
    return [...byRow.values()];
  }

  function read(element: Element): string {
    const fields = "input, textarea, select";
    const field = element.matches(fields) ? element : element.matches("td") && element.querySelector(fields);
    return field ? (field as HTMLInputElement).value : oneSpace((element as HTMLElement).innerText);
  }

  /** Reads also what is out of sight, whose text the browser need not have rendered: a reader would scroll there. */
  function readAll(elements: readonly Element[]): string[] {
    const steps = new Set(
      elements.flatMap((element) => [element.closest("section"), ...element.querySelectorAll("section")]),
    );
    for (const step of steps) if (step) step.style.contentVisibility = "visible";
    const texts = elements.map(read);
    for (const step of steps) step?.style.removeProperty("content-visibility");
    changes.takeRecords(); // of our own
    return texts;
  }

  const nextFrame = () => new Promise(requestAnimationFrame);

  function topmostAt(x: number, y: number): Element | null {
    let element = document.elementFromPoint(x, y);
    while (element?.shadowRoot) {
      const inner = element.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === element) break;
      element = inner;
    }
    return element;
  }

  function focusedElement(): Element | null {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element;
  }

  let selection: { field: HTMLTextAreaElement; focused: Element | null } | undefined;

  return {
    text: (target: Target) => withAxe(() => readAll([find(target)])[0] ?? ""),

    cells: (matrix: Name, container?: Target) =>
      withAxe(() => {
        const cells = rows(findMatrix(matrix, container));
        const texts = readAll(cells.flat());
        return cells.map((row) => texts.splice(0, row.length));
      }),

    attribute: (target: Target, name: string) => withAxe(() => find(target).getAttribute(name)),

    checked: (target: Target) => withAxe(() => (find(target) as HTMLInputElement).checked),

    style: (target: Target, property: string) =>
      withAxe(() => getComputedStyle(find(target)).getPropertyValue(property)),

    texts: (role: string) =>
      withAxe(() =>
        readAll(everything.filter((element) => roleOf(element) === role && dom?.isVisibleToScreenReaders?.(element))),
      ),

    /** The accessible names of everything of one role, in the order of the page. */
    names: (role: string) =>
      withAxe(() =>
        everything
          .filter((element) => roleOf(element) === role && dom?.isVisibleToScreenReaders?.(element))
          .map(nameOf),
      ),

    focused: () =>
      withAxe(() => {
        const element = focusedElement();
        return element ? `${roleOf(element)} ${nameOf(element)}` : "";
      }),

    /** Where a pointer hits the target: scrolled into view, at rest, with nothing in front of it. */
    async point(target: Target): Promise<{ x: number; y: number }> {
      const element = withAxe(() => find(target));
      element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
      const before = element.getBoundingClientRect();
      await nextFrame();
      await nextFrame();
      const { left, top, width, height } = element.getBoundingClientRect();
      if (left !== before.left || top !== before.top) throw new Error("the target is moving");
      const [x, y] = [left + width / 2, top + height / 2];
      const hit = topmostAt(x, y);
      if (!hit || !contains(element, hit)) throw new Error(`the target is covered by ${hit?.outerHTML.slice(0, 200)}`);
      return { x, y };
    },

    /** Selects some words for Ctrl+C to copy, in a field of its own; deselect takes it away again. */
    select(words: string): void {
      selection = { field: document.createElement("textarea"), focused: focusedElement() };
      const { field } = selection;
      field.style.position = "fixed";
      field.value = words;
      document.body.append(field);
      field.focus({ preventScroll: true });
      field.select();
    },

    deselect(): void {
      selection?.field.remove();
      (selection?.focused as HTMLElement | null)?.focus({ preventScroll: true });
    },

    async violations(): Promise<string[]> {
      axe.teardown();
      stale = true;
      const { violations } = await axe.run(document, { resultTypes: ["violations"] });
      return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.flat().join(" ")}`));
    },
  };
}
