import { expect, it } from "vitest";
import type { CelossEmbed } from "../../../../web/src/elements/dialogs/embed.ts";
import type { CelossExport } from "../../../../web/src/elements/dialogs/export.ts";
import { rendered, stage, viewOf, violations } from "../stage.ts";

/** A dialog beside the step softmax, opened by the first button there. */
async function open<Dialog extends CelossEmbed | CelossExport>(
  tag: "celoss-embed" | "celoss-export",
  state: Parameters<typeof viewOf>[0] = {},
): Promise<Dialog> {
  const view = viewOf(state);
  const step = await stage("celoss-softmax", { view });
  const dialog = Object.assign(document.createElement(tag), { view }) as Dialog;
  step.after(dialog);
  await dialog.open("softmax", step.querySelector("button") as HTMLElement);
  await rendered(dialog);
  return dialog;
}

for (const tag of ["celoss-embed", "celoss-export"] as const) {
  it.each([
    ["en", "light"],
    ["zh", "dark"],
  ] as const)(`axe has nothing to say of <${tag}>, in %s, %s`, async (language, theme) => {
    await open(tag, { language, theme });
    // The preview is a page in the page, and may say again what stands behind the dialog.
    expect((await violations()).filter((violation) => !violation.startsWith("landmark-unique"))).toEqual([]);
  });

  it(`<${tag}> is named by its heading, and closes`, async () => {
    const element = await open(tag);
    const dialog = element.querySelector("dialog") as HTMLDialogElement;
    expect(dialog.open).toBe(true);
    expect(dialog.querySelector(`#${dialog.getAttribute("aria-labelledby")}`)?.localName).toBe("h2");
    dialog.close();
    await expect.poll(() => element.querySelector("dialog")).toBe(null);
  });
}
