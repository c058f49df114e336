import { readFile } from "node:fs/promises";
import { type Plugin, type PreviewServer, preview } from "vite";

/** What a page complains of, for engines that do not tell: errors that nobody caught, the console, the policy. */
const listening = `
  window.heard = [];
  const tell = (words) => window.heard.push(String(words));
  for (const kind of ["error", "warn"]) {
    const usual = console[kind];
    console[kind] = (...words) => (tell(words.join(" ")), usual.apply(console, words));
  }
  addEventListener("error", (event) => tell(event.message ?? "a part of the page does not load: " + event.target.outerHTML), true);
  addEventListener("unhandledrejection", (event) => tell(event.reason));
  addEventListener("securitypolicyviolation", (event) => tell("policy: " + event.violatedDirective + " " + event.blockedURI));
`;

/** The page as it was built, and at "heard.html" the same with one script in front, which the page's policy allows. */
const withListener: Plugin = {
  name: "listener",
  configurePreviewServer(server) {
    server.middlewares.use(async (request, response, next) => {
      const path = request.url?.split("?")[0];
      if (path === "/heard.js") response.setHeader("Content-Type", "text/javascript").end(listening);
      else if (path === "/heard.html") response.setHeader("Content-Type", "text/html").end(await pageWithListener());
      else next();
    });
  },
};

async function pageWithListener(): Promise<string> {
  const built = await readFile(new URL("../../dist/index.html", import.meta.url), "utf8");
  return built.replace(/<script/, '<script src="./heard.js"></script><script');
}

/** Serves `dist` on a port that is free; with the address of the page that is listened to. */
export async function serve(): Promise<{ readonly server: PreviewServer; readonly address: string }> {
  const server = await preview({
    plugins: [withListener],
    preview: { host: "127.0.0.1", port: 0 },
    logLevel: "error",
  });
  return { server, address: new URL("heard.html", server.resolvedUrls!.local[0]).href };
}
