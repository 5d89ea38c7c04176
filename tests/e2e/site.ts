// The places a reader meets the page in: a web server, with whatever policy it sends; the disk; and somebody else's
// article, in a sandboxed frame that has the page by its address, as text of its own, or as a blob.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

/** "site" is the page of several files, on a web server. A frame with a document of its own has no address to read. */
export type Place = "http" | "file" | "sandbox" | "srcdoc" | "blob" | "site";

export const framed = (place: Place): boolean => ["sandbox", "srcdoc", "blob"].includes(place);

export interface Site {
  /** The policy is the server's, a header; in it <scripts> and <styles> stand for the hashes of what the page inlines. */
  url(place: Place, address: string, policy?: string): string;
  /** Somebody else's page, beside ours. */
  host(html: string, policy?: string): string;
  /** The paths that have been asked for. */
  requests: string[];
  close(): Promise<void>;
}

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".png": "image/png",
  ".wasm": "application/wasm",
  ".css": "text/css",
  ".woff2": "font/woff2",
};

const attribute = (text: string) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

/** The whole viewport is the frame, so that a point in the frame is the same point in the window. */
const article = (frame: string) => `<!doctype html>
<html lang="en">
<title>An article</title>
<link rel="icon" href="data:,">
<style>html, body, iframe { display: block; width: 100%; height: 100%; margin: 0; border: 0; overflow: hidden; }</style>
<iframe title="celoss" sandbox="allow-scripts" ${frame}
</html>`;

const articles: Record<string, (page: string, src: string) => string> = {
  sandbox: (_page, src) => article(`src="${attribute(src)}"></iframe>`),
  srcdoc: (page) => article(`srcdoc="${attribute(page)}"></iframe>`),
  blob: (page) =>
    article(`></iframe>
<script>
  const page = new Blob([${JSON.stringify(page).replaceAll("<", "\\x3c")}], { type: "text/html" });
  document.querySelector("iframe").src = URL.createObjectURL(page);
</script>`),
};

function hashes(page: string, tag: "script" | "style"): string {
  return [...page.matchAll(new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`, "g"))]
    .map(([, text = ""]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`)
    .join(" ");
}

/** Serves a folder that holds index.html and site/. */
export async function openSite(folder: string): Promise<Site> {
  const requests: string[] = [];
  const hosts: string[] = [];

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
    // The pages of an article, or of a server with a policy, are in a folder of its name.
    const [, policy, path = pathname] = /^\/policy=([^/]*)(\/.*)$/.exec(pathname) ?? [];
    requests.push(path);
    try {
      const framing = articles[path.slice(1)];
      const host = path === "/host.html" ? hosts[Number(searchParams.get("page"))] : undefined;
      const file = host ?? (await readFile(join(folder, framing ? "index.html" : path)));
      const body = framing ? framing(String(file), searchParams.get("src") ?? "") : file;
      const headers: Record<string, string> = {
        "content-type": types[framing ? ".html" : extname(path)] ?? "application/octet-stream",
      };
      if (policy) {
        headers["content-security-policy"] = decodeURIComponent(policy)
          .replace("<scripts>", () => hashes(String(body), "script"))
          .replace("<styles>", () => hashes(String(body), "style"));
      }
      const zips = request.headers["accept-encoding"]?.includes("gzip");
      if (zips) headers["content-encoding"] = "gzip";
      response.writeHead(200, headers).end(zips ? gzipSync(body) : body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const under = (policy?: string) => (policy ? `/policy=${encodeURIComponent(policy)}` : "");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    requests,
    url(place, address, policy) {
      if (place === "file") return `${pathToFileURL(join(folder, "index.html"))}${address}`;
      if (framed(place)) return `${origin}/${place}?src=${encodeURIComponent(`index.html${address}`)}`;
      return `${origin}${under(policy)}/${place === "site" ? "site/" : ""}index.html${address}`;
    },
    host: (html, policy) => `${origin}${under(policy)}/host.html?page=${hosts.push(html) - 1}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
