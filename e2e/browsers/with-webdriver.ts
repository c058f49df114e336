import type { ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import { end, start } from "./children.ts";
import { chordParts, type Driver, type Size, usualSize } from "./driver.ts";

/** The code points that WebDriver gives to keys that write nothing; others stand for themselves. */
const keys: Readonly<Record<string, string>> = {
  Space: " ",
  Tab: "\uE004",
  Enter: "\uE007",
  Shift: "\uE008",
  Control: "\uE009",
  Alt: "\uE00A",
  Escape: "\uE00C",
  PageUp: "\uE00E",
  PageDown: "\uE00F",
  End: "\uE010",
  Home: "\uE011",
  ArrowLeft: "\uE012",
  ArrowUp: "\uE013",
  ArrowRight: "\uE014",
  ArrowDown: "\uE015",
  Meta: "\uE03D",
};
const keyOf = (name: string): string => keys[name] ?? name;

/** Without a graphics card the compositor's way is ten times slower, and has crashed. */
const environment = {
  WEBKIT_DISABLE_COMPOSITING_MODE: "1",
  WEBKIT_DISABLE_DMABUF_RENDERER: "1",
  NO_AT_BRIDGE: "1",
  LIBGL_ALWAYS_SOFTWARE: "1",
};

/** An X server that nobody sees; ":0", ":1" … as it chose itself. */
async function startScreen(): Promise<{ readonly child: ChildProcess; readonly display: string }> {
  const child = start("Xvfb", ["-displayfd", "3", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const told = child.stdio[3] as Readable;
  const number = await new Promise<string>((resolve, reject) => {
    told.once("data", (bytes) => resolve(String(bytes).trim()));
    child.once("error", reject);
    child.once("exit", () => reject(new Error("Xvfb does not start")));
  });
  return { child, display: `:${number}` };
}

const startTimeout = 60_000;

/** WebKitGTK's own browser for tests, through its WebDriver; one session. */
export async function withWebDriver(driverPath: string, port: number): Promise<Driver> {
  const screen = await startScreen();
  const child = start(driverPath, [`--port=${port}`], {
    env: { ...process.env, ...environment, DISPLAY: screen.display },
  });
  const stop = () => {
    end(child);
    end(screen.child);
  };
  try {
    return await connect(`http://127.0.0.1:${port}`, stop);
  } catch (error) {
    stop();
    throw error;
  }
}

type Call = (method: "GET" | "POST" | "DELETE", path: string, body?: unknown) => Promise<unknown>;

const caller =
  (root: string): Call =>
  async (method, path, body) => {
    const response = await fetch(`${root}${path}`, {
      method,
      ...(method === "POST" ? { body: JSON.stringify(body ?? {}) } : {}),
    });
    const { value } = (await response.json()) as { readonly value: unknown };
    if (!response.ok) throw new Error((value as { readonly message?: string }).message ?? `${method} ${path} fails`);
    return value;
  };

/** It takes a moment until somebody listens. */
async function listening(call: Call): Promise<void> {
  const given = performance.now() + startTimeout;
  while (performance.now() < given) {
    const answers = await call("GET", "/status").then(
      () => true,
      () => false,
    );
    if (answers) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("The WebDriver does not answer");
}

interface Session {
  readonly sessionId: string;
  readonly capabilities: { readonly browserVersion: string };
}

async function connect(root: string, stop: () => void): Promise<Driver> {
  const service = caller(root);
  await listening(service);
  const { sessionId, capabilities } = (await service("POST", "/session", { capabilities: {} })) as Session;
  const call = caller(`${root}/session/${sessionId}`);
  await call("POST", "/timeouts", { script: 120_000 });
  const evaluate = evaluator(call);
  const driver: Driver = {
    engine: `WebKitGTK ${capabilities.browserVersion}`,
    async open(address) {
      await call("POST", "/url", { url: "about:blank" });
      await call("POST", "/url", { url: address });
    },
    evaluate,
    press: (chord) => call("POST", "/actions", { actions: [keyActions(chord)] }).then(() => undefined),
    clickAt: (point) => call("POST", "/actions", { actions: [clickActions(point)] }).then(() => undefined),
    resize: (size) => resize(call, evaluate, size),
    picture: () => picture(call),
    // Neither the driver nor the browser tells what a page of an automated window writes to its console.
    complaints: () => [],
    async close() {
      await service("DELETE", `/session/${sessionId}`).catch(() => undefined);
      stop();
    },
  };
  await driver.resize(usualSize);
  return driver;
}

const evaluator =
  (call: Call) =>
  async (expression: string): Promise<unknown> => {
    const script = `const told = arguments[0];
    Promise.resolve(${expression}).then((value) => told({ value }), (error) => told({ error: String(error) }));`;
    const { value, error } = (await call("POST", "/execute/async", { script, args: [] })) as {
      readonly value?: unknown;
      readonly error?: string;
    };
    if (error !== undefined) throw new Error(error);
    return value;
  };

/** It waits for the next paint, and a page at rest paints nothing: a mark that nobody sees blinks until it has looked. */
async function picture(call: Call): Promise<Buffer> {
  await call("POST", "/execute/sync", { script: startBlinking, args: [] });
  try {
    return Buffer.from((await call("GET", "/screenshot")) as string, "base64");
  } finally {
    await call("POST", "/execute/sync", { script: "window.stopBlinking();", args: [] });
  }
}
const startBlinking = `
  const mark = document.body.appendChild(document.createElement("div"));
  mark.style.cssText = "position: fixed; right: 0; bottom: 0; width: 1px; height: 1px; opacity: 0.01";
  const timer = setInterval(() => { mark.style.background = mark.style.background === "black" ? "white" : "black"; }, 50);
  window.stopBlinking = () => { clearInterval(timer); mark.remove(); };`;

/** The window is larger than the page in it, by its tool bar. */
async function resize(call: Call, evaluate: Driver["evaluate"], { width, height }: Size): Promise<void> {
  await call("POST", "/window/rect", { width, height });
  const inner = (await evaluate("[innerWidth, innerHeight]")) as readonly [number, number];
  await call("POST", "/window/rect", { width: 2 * width - inner[0], height: 2 * height - inner[1] });
}

function keyActions(chord: string) {
  const { held, key } = chordParts(chord);
  const down = [...held, key].map((name) => ({ type: "keyDown", value: keyOf(name) }));
  const up = [...held, key].toReversed().map((name) => ({ type: "keyUp", value: keyOf(name) }));
  return { type: "key", id: "keyboard", actions: [...down, ...up] };
}

function clickActions({ x, y }: { readonly x: number; readonly y: number }) {
  const actions = [
    { type: "pointerMove", x: Math.round(x), y: Math.round(y), origin: "viewport", duration: 0 },
    { type: "pointerDown", button: 0 },
    { type: "pointerUp", button: 0 },
  ];
  return { type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions };
}
