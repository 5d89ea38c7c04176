/** A file after a plugin that changes finished pages. */
export function changed(plugin: { name: string }, fileName: string, source: string): string {
  const { generateBundle } = plugin as unknown as {
    generateBundle: { handler(options: object, bundle: object): void };
  };
  const file = { type: "asset", fileName, source };
  generateBundle.handler({}, { [fileName]: file });
  return file.source;
}
