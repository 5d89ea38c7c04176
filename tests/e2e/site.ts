// The places a reader meets the page in: a web server, the disk, and somebody else's article, in a sandboxed frame; and
// web servers with a policy that is stricter than the page's own.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";

export const places = ["http", "file", "sandbox"] as const;
export type Place = (typeof places)[number] | keyof typeof stricter;

export interface Site {
  url(place: Place, address: string): string;
  /** Somebody else's page, beside ours. */
  host(html: string): string;
  close(): Promise<void>;
}

const stricter = {
  "without-wasm": (page: string) => page.replace(" 'wasm-unsafe-eval'", ""),
  "without-scripts": (page: string) => page.replace(/script-src [^;]*/, "script-src 'none'"),
};

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
  ".css": "text/css",
  ".woff2": "font/woff2",
};

/** The whole viewport is the frame, so that a point in the frame is the same point in the window. */
const article = (src: string) => `<!doctype html>
<html lang="en">
<title>An article</title>
<link rel="icon" href="data:,">
<style>html, body, iframe { display: block; width: 100%; height: 100%; margin: 0; border: 0; overflow: hidden; }</style>
<iframe title="celoss" sandbox="allow-scripts" src="${src.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"></iframe>
</html>`;

/** Serves a folder that holds index.html. */
export async function openSite(folder: string): Promise<Site> {
  const hosts: string[] = [];
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
    const [, name] = /^\/(.*)\.html$/.exec(pathname) ?? [];
    try {
      const body =
        name === "article"
          ? article(searchParams.get("src") ?? "")
          : name === "host"
            ? (hosts[Number(searchParams.get("page"))] ?? "")
            : name === "without-wasm" || name === "without-scripts"
              ? stricter[name](await readFile(join(folder, "index.html"), "utf8"))
              : await readFile(join(folder, pathname));
      response.writeHead(200, { "content-type": types[extname(pathname)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url(place, address) {
      if (place === "file") return `${pathToFileURL(join(folder, "index.html"))}${address}`;
      if (place === "sandbox") return `${origin}/article.html?src=${encodeURIComponent(`index.html${address}`)}`;
      return `${origin}/${place === "http" ? "index" : place}.html${address}`;
    },
    host: (html) => `${origin}/host.html?page=${hosts.push(html) - 1}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
