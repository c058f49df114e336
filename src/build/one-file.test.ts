import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, expect, test } from "vitest";
import { oneFile } from "./one-file.ts";

const root = mkdtempSync(join(tmpdir(), "one-file-"));
afterAll(() => rmSync(root, { recursive: true }));

const files = {
  "index.html": `<!doctype html><html><head><link rel="icon" href="/logo.svg" /><link rel="manifest" href="/m.webmanifest" />
    <script src="/theme.js"></script></head><body><script type="module" src="/main.js"></script></body></html>`,
  "public/theme.js": 'document.title = "early";',
  "public/logo.svg": "<svg/>",
  "public/m.webmanifest": "{}",
  "main.js": `import "./main.css"; import thread from "./thread.js?worker&url";
    new Worker(thread); console.log("</script><!--"); void import("./later.js");`,
  "main.css": ".main { color: red; }",
  "later.js": 'import "./later.css"; console.log("later");',
  "later.css": ".later { color: blue; }",
  "thread.js": 'void import("./deep.js").then(({ deep }) => postMessage(deep));',
  "deep.js": 'export const deep = "from the depths";',
};

test("everything stands in one file, and its policy allows just that", async () => {
  mkdirSync(join(root, "public"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  await build({
    root,
    base: "./",
    configFile: false,
    logLevel: "silent",
    plugins: [oneFile()],
    build: {
      copyPublicDir: false,
      cssCodeSplit: false,
      modulePreload: false,
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  expect(readdirSync(join(root, "dist"))).toEqual(["driftwood.html"]);
  const html = readFileSync(join(root, "dist/driftwood.html"), "utf8");
  for (const text of ['"early"', "later", "from the depths", "red", "#00f"]) expect(html).toContain(text);
  expect(html).not.toMatch(/(?:src|href)="(?!data:)/);
  const inside = [...html.matchAll(/<(script|style)[^>]*>(.*?)<\/\1>/gs)];
  expect(inside.map(([, kind]) => kind).sort()).toEqual(["script", "script", "style"]);
  const policy = /content="([^"]+)"/.exec(html)?.[1] ?? "";
  for (const [, , text = ""] of inside)
    expect(policy).toContain(`'sha256-${createHash("sha256").update(text).digest("base64")}'`);
  expect(policy).toContain("connect-src 'none'");
});
