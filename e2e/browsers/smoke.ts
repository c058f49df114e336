import { decodeLink } from "../../src/scenario/link.ts";
import { presets } from "../../src/scenario/presets/index.ts";
import { encodeAt, encodeScenario, hashAt, historyOf, steady } from "../scenario.ts";
import type { Visit } from "./visit.ts";

/** One thing that a person does with the page; it throws if anything is not as in every other engine. Returns a word on what was compared. */
export interface Step {
  readonly name: string;
  /** Complaints that belong to it. */
  readonly forgiven?: RegExp;
  run(visit: Visit): Promise<string>;
}

function expectEqual(what: string, found: unknown, wanted: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`${what}: ${a} instead of ${b}`);
}
function expectThat(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

async function opens(visit: Visit): Promise<string> {
  await visit.open();
  const first = await visit.moment();
  expectEqual("who has never been here sees", first.title, presets[0]?.title);
  expectEqual("it waits at its first step", [first.at, first.playing], [0, false]);
  const second = presets[0]!.bookmarks[1]!.at;
  await visit.driver.press("PageDown");
  await visit.until(
    "Next to lead to the second step",
    (at) => window.driftwoodTest.frame()?.position.at === at,
    second,
  );
  const there = await visit.moment();
  expectEqual("at the second step", [there.at, there.playing, there.notices], [second, false, []]);
  return "the first scenario, and Next plays to its second step";
}

async function plays(visit: Visit): Promise<string> {
  await visit.open(await encodeScenario(steady()));
  await visit.playFor(300);
  const there = await visit.moment();
  expectThat(!there.playing, "Space does not pause");
  await visit.press("ArrowLeft", "ArrowLeft", "ArrowRight");
  const back = await visit.moment();
  expectThat(back.event < there.event, "Left does not go back");
  await visit.press("End");
  expectEqual("hash at the end", (await visit.moment()).hash, there.hash);
  return `to ${there.at / 1000} ms and back`;
}

/** Runs in the page, alone, from step to step at once: presses keys there, since eight hundred would be slow from here. */
async function walk(): Promise<readonly (readonly [at: number, hash: string])[]> {
  const rows: [number, string][] = [];
  for (const key of ["Home", "PageDown", "End"]) {
    let before = -1;
    while (before !== (window.driftwoodTest.frame()?.position.at ?? 0) || key !== "PageDown") {
      before = window.driftwoodTest.frame()?.position.at ?? 0;
      const held = { shiftKey: key === "PageDown", bubbles: true, cancelable: true };
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key, code: key, ...held }));
      await window.driftwoodIdle();
      const frame = window.driftwoodTest.frame();
      if (frame !== null) rows.push([frame.position.at, frame.hash]);
      if (key !== "PageDown") break;
    }
  }
  return rows;
}

/** Every scenario by a link, at its beginning, at each of its bookmarks and at its end: the states that Node computes. */
async function hashes(visit: Visit): Promise<string> {
  await visit.open();
  let compared = 0;
  for (const { id, title, recording, bookmarks } of presets) {
    const fragment = await encodeAt(recording, { at: 0, select: "", speed: 0.05, play: false });
    await visit.call((to) => {
      location.hash = to;
    }, fragment);
    await visit.until(`${id} to open`, (wanted) => window.driftwoodTest.state().info?.title === wanted, title);
    await visit.idle();
    const history = historyOf(recording);
    const rows = await visit.call(walk);
    for (const [at, hash] of rows) expectEqual(`${id} at ${at / 1000} ms`, hash, hashAt(history, at));
    const wanted = [0, ...bookmarks.map(({ at }) => at), recording.end];
    for (const at of wanted)
      expectThat(
        rows.some((row) => row[0] === at),
        `${id}: ${at / 1000} ms is never reached`,
      );
    compared += rows.length;
  }
  return `${compared} hashes of ${presets.length} scenarios, all Node's`;
}

/** The link that the dialog for sharing offers and, by itself, copies. */
async function sharedUrl(visit: Visit): Promise<string> {
  await visit.click("button", "Share");
  await visit.until("the link to be copied", () =>
    [...document.querySelectorAll(".share-note")].some((note) => note.textContent?.startsWith("Copied.") === true),
  );
  const url = await visit.call(() => document.querySelector<HTMLInputElement>(".share-url")?.value ?? "");
  await visit.press("Escape");
  return url;
}

const fragmentOf = (url: string): string => url.slice(url.indexOf("#") + 1);

/** The state that Node has at that time of the run in a link. */
async function hashInNode(fragment: string, at: number): Promise<string> {
  const link = await decodeLink(fragment);
  if (!link.ok) throw new Error(`Node cannot read the link: ${link.problem.message}`);
  return hashAt(historyOf(link.value.recording), at);
}

/** By mouse, by keys and by buttons; then the link goes to Node, and to a page that has never seen this run. */
async function acts(visit: Visit): Promise<string> {
  await visit.open(await encodeScenario(steady()));
  await visit.click('.stage-picture [data-pick="S4"] .stage-disc');
  await visit.click("[role=menuitem]", "Crash S4");
  await visit.press("5", "i");
  await visit.click("button", "Write");
  const { down, cuts } = await visit.moment();
  expectEqual("servers that are down", down, [4]);
  expectEqual("links that are cut", cuts, 8);
  await visit.playFor(300);
  const here = await visit.moment();
  const url = await sharedUrl(visit);
  expectEqual("in Node", await hashInNode(fragmentOf(url), here.at), here.hash);
  await visit.open(fragmentOf(url));
  const there = await visit.moment();
  expectEqual("opened again", [there.at, there.hash, there.down], [here.at, here.hash, [4]]);
  return `crash, cut, write; copied, ${url.length} characters; ${here.hash} here, in Node and opened again`;
}

/** After the mouse has chosen something, keys mean what they always mean. */
async function keysAfterClicks(visit: Visit): Promise<string> {
  await visit.open();
  await visit.click("button", "Scenarios");
  await visit.click(".scenarios-card");
  await visit.until("the dialog to close", () => document.querySelector("[role=dialog]") === null);
  const resting = await visit.moment();
  await visit.press("Space");
  const moved = await visit.moment();
  // A short way to the first step is over before a slow engine is asked.
  const hasPlayed = moved.playing || moved.at > resting.at;
  expectEqual("Space plays or pauses", resting.playing ? !moved.playing : hasPlayed, true);
  await visit.open(await encodeScenario(steady()));
  await visit.click('.stage-picture [data-pick="S3"] .stage-disc');
  await visit.until("the menu", () => document.querySelector("[role=menu]") !== null);
  await visit.press("Escape");
  await visit.until("the menu to close", () => document.querySelector("[role=menu]") === null);
  const before = await visit.moment();
  await visit.press("ArrowRight");
  expectThat(
    (await visit.moment()).event > before.event,
    "Right does not go to the next event after a click on a server",
  );
  return "Space and Right";
}

/** Runs in the page, alone: the share of a picture's pixels, inside the first element of that kind, that are not of the commonest colour there. */
async function mixture(png: string, selector: string): Promise<number | null> {
  const box = document.querySelector(selector)?.getBoundingClientRect();
  const canvas = Object.assign(document.createElement("canvas"), { width: innerWidth, height: innerHeight });
  const paper = canvas.getContext("2d");
  if (box === undefined || paper === null) return null;
  const image = new Image();
  await new Promise((resolve, reject) => {
    image.onload = resolve;
    image.onerror = reject;
    image.src = `data:image/png;base64,${png}`;
  });
  paper.drawImage(image, 0, 0, innerWidth, innerHeight);
  const border = 3;
  const { data } = paper.getImageData(
    Math.round(box.left) + border,
    Math.round(box.top) + border,
    Math.round(box.width) - 2 * border,
    Math.round(box.height) - 2 * border,
  );
  const counts = new Map<number, number>();
  for (let i = 0; i < data.length; i += 4) {
    const colour = (data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return 1 - (Math.max(...counts.values()) * 4) / data.length;
}

/** What only the eye would notice: the stripes of an entry that is not committed. */
async function draws(visit: Visit): Promise<string> {
  await visit.open(await encodeScenario(steady()));
  const png = (await visit.driver.picture()).toString("base64");
  const striped = await visit.call(mixture, png, ".logs-legend .logs-uncommitted");
  expectThat(
    striped !== null && striped > 0.08,
    `the sample of an entry that is not committed has no stripes: ${striped}`,
  );
  const solid = await visit.call(mixture, png, ".logs-legend .logs-committed:not(.logs-key-figure)");
  expectThat(solid !== null && solid < 0.05, `the sample of a committed entry is not of one colour: ${solid}`);
  return "stripes and plain colours";
}

async function finds(visit: Visit): Promise<string> {
  await visit.open(await encodeScenario(steady()));
  await visit.press("Shift+B");
  await visit.click("[role=dialog] button", "Search");
  await visit.until("a counterexample", () => document.querySelector(".search-found") !== null);
  await visit.click("[role=dialog] button", "Open it");
  await visit.until("the counterexample to open", () => (window.driftwoodTest.state().info?.bugs.length ?? 0) > 0);
  await visit.press("End");
  const { violated, at, hash } = await visit.moment();
  expectThat(violated, "nothing is violated at its end");
  expectEqual("in Node", hash, await hashInNode(fragmentOf(await sharedUrl(visit)), at));
  return `the counterexample ends in ${hash}, as in Node`;
}

/** Runs in the page, alone. */
function restoredSince(notice: number): boolean {
  const { notices, status } = window.driftwoodTest.state();
  return status === "ready" && notices.some(({ id, text }) => id > notice && text.startsWith("Your run is restored."));
}

async function returns(visit: Visit): Promise<string> {
  await visit.open(await encodeScenario(steady()));
  await visit.press("3", "c");
  const before = await visit.moment();
  for (const how of ["throw", "hang"] as const) {
    const last = await visit.call(() => Math.max(0, ...window.driftwoodTest.state().notices.map(({ id }) => id)));
    await visit.call((way) => window.driftwoodTest.break(way), how);
    await visit.until("the run to be restored", restoredSince, last);
    const after = await visit.moment();
    expectEqual(`after a ${how}`, [after.at, after.hash], [before.at, before.hash]);
  }
  return "after a throw and a hang";
}

/** In the order in which they are told. */
export const steps: readonly Step[] = [
  { name: "opens", run: opens },
  { name: "plays", run: plays },
  { name: "acts, shares, opens", run: acts },
  { name: "keys after clicks", run: keysAfterClicks },
  { name: "draws", run: draws },
  { name: "searches", run: finds },
  { name: "worker killed", forgiven: /thrown on purpose/, run: returns },
  { name: "every scenario", run: hashes },
];
