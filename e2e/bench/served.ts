import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

/** A line to the page: what it holds up every answer for, and how much it carries. */
export interface Line {
  readonly latencyMs: number;
  readonly bytesPerSecond: number;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".webmanifest": "application/manifest+json",
};
const zipped: readonly string[] = [".html", ".js", ".css", ".json", ".svg", ".webmanifest"];
/** What leaves in one go. */
const chunk = 4096;

/**
 * A folder as a static host serves it: gzipped, all files over one line. The line is here and not the browser's own
 * emulation of one, which does not slow down what a worker fetches.
 */
export async function serveFolder(folder: string, line: Line) {
  let freeAt = 0;
  /** Sends `body` over the line that all answers share, in turn with others that are under way. */
  async function send(response: ServerResponse, body: Buffer): Promise<void> {
    for (let from = 0; from < body.length && !response.destroyed; from += chunk) {
      const part = body.subarray(from, from + chunk);
      freeAt = Math.max(freeAt, performance.now()) + (part.length / line.bytesPerSecond) * 1000;
      await new Promise((resolve) => setTimeout(resolve, freeAt - performance.now()));
      response.write(part);
    }
    response.end();
  }
  const server = createServer(async (request, response) => {
    const file = await fileOf(folder, request.url ?? "/");
    await new Promise((resolve) => setTimeout(resolve, line.latencyMs));
    response.writeHead(file === null ? 404 : 200, file?.headers);
    await send(response, file?.body ?? Buffer.alloc(0));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function fileOf(folder: string, url: string) {
  const path = normalize(decodeURIComponent(new URL(url, "http://localhost").pathname));
  const name = path.endsWith("/") ? `${path}index.html` : path;
  const body = await readFile(join(folder, name)).catch(() => null);
  if (body === null) return null;
  const end = extname(name);
  const type = { "content-type": types[end] ?? "application/octet-stream" };
  if (!zipped.includes(end)) return { body, headers: type };
  return { body: gzipSync(body, { level: 9 }), headers: { ...type, "content-encoding": "gzip" } };
}
