import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "vite";

/** The file that is built. */
const fileName = "driftwood.html";
const workerQuery = "?worker&url";
const inlined = "\0inlined:";

/**
 * Puts everything into one HTML file, which runs from a disk as it does from a site: scripts, styles and fonts stand in it, and
 * the threads are made of texts. Its policy allows exactly those scripts and styles, and no request at all.
 */
export function oneFile(): Plugin {
  let root = "";
  return {
    name: "one-file",
    apply: "build",
    enforce: "pre",
    configResolved(config) {
      root = config.root;
    },
    async resolveId(id, importer) {
      if (!id.endsWith(workerQuery)) return null;
      const found = await this.resolve(id.slice(0, -workerQuery.length), importer);
      return found === null ? null : inlined + found.id;
    },
    async load(id) {
      if (!id.startsWith(inlined)) return null;
      const text = JSON.stringify(await threadOf(id.slice(inlined.length)));
      return `export default URL.createObjectURL(new Blob([${text}], { type: "text/javascript" }));`;
    },
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const texts = new Map<string, string>();
        for (const [name, part] of Object.entries(bundle)) {
          texts.set(name, part.type === "chunk" ? part.code : new TextDecoder().decode(Buffer.from(part.source)));
          delete bundle[name];
        }
        const read = (name: string) => texts.get(name) ?? readFileSync(join(root, "public", name), "utf8");
        this.emitFile({ type: "asset", fileName, source: together(read("index.html"), read) });
      },
    },
  };
}

/** A thread's whole script; no module: of a file, a browser makes none out of a text. */
async function threadOf(entry: string): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      target: "es2022",
      modulePreload: false,
      rolldownOptions: { input: entry, output: { codeSplitting: false, format: "iife" } },
    },
  });
  const outputs = "output" in made ? made.output : [];
  const [chunk, ...others] = outputs;
  if (chunk?.type !== "chunk" || others.length > 0) throw new Error(`${entry} comes in several pieces`);
  return chunk.code;
}

/** The page with all that it names inside it, and the policy for that. */
function together(html: string, read: (name: string) => string): string {
  const scripts: string[] = [];
  const styles: string[] = [];
  const page = html
    .replace(/\s*<link rel="(?:apple-touch-icon|manifest|modulepreload)"[^>]*>/g, "")
    .replace(/(<link rel="icon" href=)"\.\/([^"]+)"/g, (_, link: string, name: string) => {
      return `${link}"data:image/svg+xml,${encodeURIComponent(read(name))}"`;
    })
    .replace(/<link rel="stylesheet"[^>]*href="\.\/([^"]+)"[^>]*>/g, (_, name: string) => {
      const text = withoutOldFonts(read(name));
      styles.push(text);
      return `<style>${text}</style>`;
    })
    .replace(/<script([^>]*) src="\.\/([^"]+)"><\/script>/g, (_, kind: string, name: string) => {
      const text = safe(read(name));
      scripts.push(text);
      return `<script${kind.includes("module") ? ' type="module"' : ""}>${text}</script>`;
    });
  return page.replace("<head>", () => `<head>\n    ${policy(scripts, styles)}`);
}

function policy(scripts: readonly string[], styles: readonly string[]): string {
  const rules = [
    "default-src 'none'",
    `script-src ${scripts.map(hash).join(" ")}`,
    `style-src ${styles.map(hash).join(" ")}`,
    "img-src data: blob:",
    "font-src data:",
    "worker-src blob:",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types driftwood",
  ];
  return `<meta http-equiv="Content-Security-Policy" content="${rules.join("; ")}">`;
}

const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** The same script, in which HTML sees no end and no comment. */
const safe = (script: string): string => script.replace(/<\/(?=script)/gi, "<\\/").replaceAll("<!--", "<\\!--");

/** Every browser that runs the page reads woff2. */
const withoutOldFonts = (css: string): string =>
  css.replace(/,\s*url\(data:font\/woff;[^)]*\)\s*format\("?woff"?\)/g, "");
