import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";

/**
 * The layers of DESIGN.md. A layer imports itself and what its row names; types count as well. Tests and their
 * fixtures may look at everything.
 */
const figures = [
  "experiment/results.ts",
  "experiment/summary.ts",
  "experiment/words.ts",
  "experiment/csv.ts",
  "experiment/ready",
];
const mayImport: Readonly<Record<string, readonly string[]>> = {
  base: [],
  // What moves on the stage, and the thread that paints it.
  paint: ["base"],
  raft: ["base"],
  world: ["base", "raft"],
  check: ["base", "raft", "world"],
  history: ["base", "raft", "world", "check"],
  scenario: ["base", "raft", "world", "check", "history"],
  explain: ["base", "raft", "world", "scenario"],
  lesson: ["base", "raft", "world", "check", "history", "scenario", "explain"],
  report: ["base", "raft", "world", "check", "history", "scenario", "explain"],
  why: ["base", "raft", "world", "check", "history", "scenario", "explain"],
  // What comes in from other programs and what goes out to them; a thousand runs as one.
  exchange: ["base", "raft", "world", "check", "history", "scenario", "explain", "report", "why"],
  experiment: ["base", "raft", "world", "check", "history", "scenario", "explain"],
  worker: [
    "base",
    "raft",
    "world",
    "check",
    "history",
    "scenario",
    "explain",
    "lesson",
    "report",
    "why",
    "exchange",
    "experiment",
  ],
  cli: [
    "base",
    "raft",
    "world",
    "check",
    "history",
    "scenario",
    "explain",
    "lesson",
    "report",
    "why",
    "exchange",
    "experiment",
  ],
  // The options are data, and what the settings show. What a change of membership leads to, the engine itself says.
  // The words and their definitions are data too: texts of the page are searched for them as they are drawn.
  // Lessons are data.
  store: [
    "base",
    "raft/options.ts",
    "raft/configuration.ts",
    "scenario",
    "explain/glossary",
    "lesson",
    // What results say is counted where they are shown; the ready experiments are data.
    ...figures,
    "worker/protocol",
  ],
  view: ["base", "paint", "scenario", "lesson", ...figures, "store", "worker/protocol"],
  "main.tsx": ["store", "view"],
  // How the page is put together: it runs in Node, and nothing imports it but the bundler's configuration.
  build: ["scenario", "worker", "view"],
};

/**
 * Inside `view`, by folder: a feature is a folder that is not named here. Tests and style sheets count as well. What two
 * features share is theirs no longer: it moves to `kit`, to `store` or to `explain`.
 */
const shared = ["theme", "kit"];
const mayShow: Readonly<Record<string, (folder: string) => boolean>> = {
  theme: () => false,
  kit: (folder) => folder === "theme",
  dialogs: (folder) => folder !== "app",
  app: () => true,
};
const showsAsFeature = (folder: string): boolean => shared.includes(folder);

/** Types that the protocol speaks in: the page may name what it sends. */
const alsoTypes: Readonly<Record<string, readonly string[]>> = {
  store: ["world/acts.ts", "world/state"],
  view: ["world/acts.ts", "world/state"],
};

/** Where the page may reach into the engine's files for more than types: the thread itself, by its address. */
const threads: readonly string[] = [
  "store/spawn.ts -> paint/thread.ts",
  "store/spawn.ts -> worker/main.ts",
  "store/spawn.ts -> worker/linearize.ts",
  "store/spawn.ts -> worker/search.ts",
  "store/spawn.ts -> worker/experiment.ts",
];

const root = import.meta.dirname;
const isTest = (file: string): boolean => /\.test\.tsx?$|(^|\/)(fixtures|arbitraries)\.ts$/.test(file);
const everything = readdirSync(root, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => /\.(tsx?|css)$/.test(file))
  .sort();
const files = everything.filter((file) => /\.tsx?$/.test(file) && !isTest(file));
const source = (file: string): string => readFileSync(join(root, file), "utf8");
const layerOf = (file: string): string => file.split("/")[0] ?? "";

interface Import {
  readonly from: string;
  /** As a path below src, or the name of a package. */
  readonly to: string;
  readonly isType: boolean;
  readonly isLazy: boolean;
}

const statement = /^(?:@?import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?"([^"]+)"/gm;
const lazy = /\bimport\(\s*"([^"]+)"\s*\)|\bnew URL\(\s*"([^"]+)"\s*,\s*import\.meta\.url/g;

function importsOf(from: string, written = source(from)): Import[] {
  const text = withoutComments(written);
  const resolved = (to: string): string => {
    const path = to.replace(/\?.*$/, "");
    return path.startsWith(".") ? relative(root, join(root, dirname(from), path)) : path;
  };
  return [
    ...[...text.matchAll(statement)].map(([, type, to = ""]) => {
      return { from, to: resolved(to), isType: type !== undefined, isLazy: false };
    }),
    ...[...text.matchAll(lazy)].map(([, a, b]) => {
      return { from, to: resolved(a ?? b ?? ""), isType: false, isLazy: true };
    }),
  ];
}

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");

const isOwn = ({ to }: Import): boolean => files.includes(to);
const imports = files.flatMap((file) => importsOf(file));
const own = imports.filter(isOwn);

const fits = (to: string, allowed: readonly string[]): boolean =>
  allowed.some((each) => to === each || to.startsWith(`${each}/`));

function allows({ from, to, isType }: Import): boolean {
  const layer = layerOf(from);
  if (layerOf(to) === layer || threads.includes(`${from} -> ${to}`)) return true;
  return fits(to, mayImport[layer] ?? []) || (isType && fits(to, alsoTypes[layer] ?? []));
}

const folderOf = (file: string): string => file.split("/")[1] ?? "";
const inView = (file: string): boolean => layerOf(file) === "view";
/** What the files of `view` import of each other, their tests and style sheets included. */
const shown = everything
  .filter(inView)
  .flatMap((file) => importsOf(file))
  .filter(({ to }) => inView(to));

function allowsInView({ from, to }: Pick<Import, "from" | "to">): boolean {
  const [a, b] = [folderOf(from), folderOf(to)];
  return a === b || (mayShow[a] ?? showsAsFeature)(b);
}

describe("layers", () => {
  test("every file belongs to one", () => {
    expect(files.filter((file) => mayImport[layerOf(file)] === undefined)).toEqual([]);
  });

  test("every import of a file finds one", () => {
    const dangling = imports.filter((each) => /\.tsx?$/.test(each.to) && !isOwn(each));
    expect(dangling.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
    expect(own.length).toBeGreaterThan(files.length);
  });

  test("imports point downwards", () => {
    expect(own.filter((each) => !allows(each)).map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  test("the table refuses what points upwards or aside, types too", () => {
    const refused = [
      ["raft/step.ts", "world/types.ts"],
      ["view/app/app.tsx", "world/types.ts"],
      ["base/hash.ts", "raft/log.ts"],
      ["explain/sentence.ts", "history/history.ts"],
      ["worker/main.ts", "cli/run.ts"],
      ["store/session/session.ts", "history/history.ts"],
      ["store/session/session.ts", "raft/step.ts"],
      ["view/app/app.tsx", "worker/laboratory.ts"],
      ["scenario/format.ts", "store/lab.ts"],
    ] as const;
    for (const [from, to] of refused) expect(allows({ from, to, isType: true, isLazy: false })).toBe(false);
    const world = { from: "view/app/app.tsx", to: "world/acts.ts", isLazy: false };
    expect([allows({ ...world, isType: true }), allows({ ...world, isType: false })]).toEqual([true, false]);
  });

  test("no feature of the page imports another", () => {
    expect(shown.filter((each) => !allowsInView(each)).map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  test("that table refuses a feature of a feature, types, tests and styles too", () => {
    const refused = [
      ["view/cluster/stage.tsx", "view/timeline/layout.ts"],
      ["view/inspector/link-part.tsx", "view/faults/faults.css"],
      ["view/clients/bars.test.ts", "view/logs/layout.ts"],
      ["view/kit/scale.ts", "view/timeline/layout.ts"],
      ["view/theme/theme.ts", "view/kit/keys.ts"],
      ["view/logs/logs.tsx", "view/dialogs/dialogs.tsx"],
      ["view/dialogs/dialogs.tsx", "view/app/app.tsx"],
      ["view/a-new-feature/pane.tsx", "view/cluster/layout.ts"],
    ] as const;
    for (const [from, to] of refused) expect(allowsInView({ from, to }), `${from} -> ${to}`).toBe(false);
    const allowed = [
      ["view/cluster/stage.tsx", "view/kit/point.ts"],
      ["view/kit/form/frame.tsx", "view/theme/tokens.css"],
      ["view/dialogs/dialogs.tsx", "view/faults/fault-form.tsx"],
      ["view/app/app.tsx", "view/a-new-feature/pane.tsx"],
      ["view/cluster/menu.tsx", "view/cluster/faults/fault-menu.tsx"],
    ] as const;
    for (const [from, to] of allowed) expect(allowsInView({ from, to }), `${from} -> ${to}`).toBe(true);
    const styles = importsOf("view/logs/logs.css", '@import "../cluster/stage.css";').map(({ to }) => to);
    expect(styles).toEqual(["view/cluster/stage.css"]);
    const seen = shown.map(({ from, to }) => `${from} -> ${to}`);
    expect(seen).toContain("view/kit/faults/glyphs.tsx -> view/kit/faults/glyphs.css");
    expect(seen).toContain("view/kit/scale.test.ts -> view/kit/scale.ts");
  });

  test("imports of every form are seen", () => {
    const seen = (from: string): string[] => importsOf(from).map(({ to }) => to);
    expect(seen("raft/step.ts")).toEqual(expect.arrayContaining(["base/assert.ts", "raft/types.ts", "raft/log.ts"]));
    expect(seen("worker/source.ts")).toContain("scenario/presets/index.ts");
    expect(seen("store/spawn.ts")).toContain("worker/main.ts");
    expect(seen("main.tsx").some((to) => to.endsWith(".css"))).toBe(true);
  });

  test("the page loads scenarios only when they are asked for", () => {
    const presets = own.filter(({ from, to }) => layerOf(from) === "view" && to.startsWith("scenario/presets/"));
    expect(
      presets.filter(({ isType, isLazy }) => !isType && !isLazy).map(({ from, to }) => `${from} -> ${to}`),
    ).toEqual([]);
  });

  test("below the page nothing comes from packages but valibot, jsonc-parser and yaml for what is read, Node for the command line, the bundler for what its bench measures and fflate for zip files", () => {
    const allowed = (layer: string, from: string, to: string): boolean =>
      (layer === "scenario" && to === "jsonc-parser") ||
      (from === "scenario/yaml/tree.ts" && to === "yaml") ||
      (["scenario", "cli", "experiment"].includes(layer) && to === "valibot") ||
      (layer === "cli" && to.startsWith("node:")) ||
      (from === "cli/bench.ts" && to === "vite") ||
      (from === "cli/scorm/package.ts" && to === "fflate");
    const packages = imports.filter(({ from, to }) => {
      const layer = layerOf(from);
      const isPackage = !/\.(tsx?|css)$/.test(to);
      return isPackage && !["store", "view", "main.tsx", "build"].includes(layer) && !allowed(layer, from, to);
    });
    expect(packages.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  test("every layer says what lives there, in a page of at most 25 lines", () => {
    const pages = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith("README.md"));
    const layers = Object.keys(mayImport).filter((layer) => !layer.includes(".") && layer !== "build");
    expect(layers.filter((layer) => !pages.includes(join(layer, "README.md")))).toEqual([]);
    expect(pages.filter((page) => source(page).split("\n").length > 26)).toEqual([]);
  });

  test("no file needs more than 500 lines, tests neither", () => {
    const lines = everything.map((file) => [file, source(file).split("\n").length - 1] as const);
    expect(lines.filter(([, count]) => count > 500).map(([file, count]) => `${file}: ${count} lines`)).toEqual([]);
  });

  test("there are no cycles, of types neither", () => {
    expect(cycles()).toEqual([]);
  });
});

/** Every way around that the imports make, but for what is loaded later. */
function cycles(): string[] {
  const next = new Map(files.map((file) => [file, own.filter((each) => each.from === file && !each.isLazy)]));
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(" -> "));
    if (path.includes(file) || done.has(file)) return;
    for (const { to } of next.get(file) ?? []) walk(to, [...path, file]);
    done.add(file);
  };
  for (const file of files) walk(file, []);
  return found;
}

/** What would make a run depend on anything but its recording. */
const unrepeatable: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["Math.random", /\bMath\.random\b/],
  ["Date", /\bDate\b/],
  ["performance", /\bperformance\b/],
  ["timers", /\b(setTimeout|setInterval|setImmediate|queueMicrotask|requestAnimationFrame)\b/],
  ["crypto", /\bcrypto\b/],
  ["locale", /\bIntl\b|\.toLocale\w*|\.localeCompare\b/],
  // Their last bits differ between engines.
  [
    "transcendental Math",
    /\bMath\.(a?sinh?|a?cosh?|a?tanh?|atan2|exp|expm1|log|log10|log1p|log2|pow|cbrt|hypot|sqrt)\b|\*\*/,
  ],
  ["the environment", /\b(process|navigator|globalThis|window|document|fetch)\s*[.([]/],
  ["WeakRef", /\b(WeakRef|FinalizationRegistry)\b/],
];
const engine = ["base", "raft", "world", "check", "history"];

describe("words that are banned", () => {
  for (const [what, pattern] of unrepeatable) {
    test(`in the engine: ${what}`, () => {
      expect(linesWith(pattern, (file) => engine.includes(layerOf(file)))).toEqual([]);
    });
  }

  test("in scenarios and explanations: clocks, chance and locale", () => {
    const clocks = unrepeatable.slice(0, 6).map(([, pattern]) => pattern.source);
    const files = (file: string): boolean => ["scenario", "explain"].includes(layerOf(file));
    expect(linesWith(new RegExp(clocks.join("|")), files)).toEqual([]);
  });

  test("in the page: text that becomes markup", () => {
    const markup = /\.innerHTML\b|\.outerHTML\b|dangerouslySetInnerHTML|insertAdjacentHTML|\.html\(|document\.write\b/;
    expect(linesWith(markup, (file) => ["view", "store", "main.tsx"].includes(layerOf(file)))).toEqual([]);
  });

  test("anywhere: code from text", () => {
    expect(linesWith(/\beval\(|\bnew Function\b/, () => true)).toEqual([]);
  });
});

/** "file:line: text" for each line that has the pattern outside of comments. */
function linesWith(pattern: RegExp, where: (file: string) => boolean): string[] {
  return files.filter(where).flatMap((file) => {
    const lines = blanked(source(file)).split("\n");
    return lines.flatMap((line, i) => (pattern.test(line) ? [`${file}:${i + 1}: ${line.trim()}`] : []));
  });
}

/** Comments and the insides of one-line strings become spaces, so that lines keep their numbers. */
const blanked = (text: string): string =>
  withoutComments(text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "))).replace(
    /"(?:[^"\\\n]|\\.)*"/g,
    '""',
  );
