// Runs in the head, before the first paint, so that the fallback is in the reader's language and theme from the start, and
// has the steps that are asked for and no others.
// Everything waits for it: it is small, imports nothing, and leaves the rest to the demo.
{
  const query = new URLSearchParams(location.search);
  const tags = [query.getAll("lang").at(-1) ?? "", ...navigator.languages];
  const [, language = "en"] = /(?:^| )(zh|en)\b/.exec(tags.join(" ").toLowerCase()) ?? [];
  const theme = query.get("theme");
  const { documentElement: root } = document;
  root.lang = language === "zh" ? "zh-CN" : "en";
  root.dataset.language = language;
  root.toggleAttribute("data-framed", window.parent !== window);
  root.dataset.steps = query.get("step")?.replace(/,/g, " ") ?? "";
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
}
