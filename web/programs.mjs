// Finds programs of this machine, for the build and the tests. One that is missing is a failure that says what installs it.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export function program(debianPackage, ...names) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
  if (!found) throw new Error(`${names.join(" or ")} is missing. On Debian: sudo apt-get install ${debianPackage}`);
  return found;
}

// Root has no sandbox in Chromium; the rest keeps it from the network.
const chromiumArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function chromiumToLaunch() {
  return {
    executablePath: program("chromium", "chromium", "chromium-browser", "google-chrome"),
    args: chromiumArguments,
  };
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
