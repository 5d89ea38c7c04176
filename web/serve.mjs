// Serves the checkout on this machine, as far as it is built: ./build.sh serve
import { fileURLToPath } from "node:url";
import { preview } from "vite";

const server = await preview({
  configFile: false,
  root: fileURLToPath(new URL("..", import.meta.url)),
  appType: "mpa",
  preview: { host: "127.0.0.1", port: 8000 },
});
const file = fileURLToPath(new URL("../dist/index.html", import.meta.url));
console.log(`\nceloss is at ${server.resolvedUrls.local[0]}\nor open ${file}`);
process.on("SIGINT", () => process.exit());
