import { deflateRawSync } from "node:zlib";
import { checkOf } from "../src/scenario/link.ts";
import { expect, keepPage, type Lab, test } from "./lab.ts";
import { encodeScenario, fileJson, steady } from "./scenario.ts";

keepPage();

/** What comes from outside and is wrong: told with its field, the run that was there untouched, and no script run. */
const payload = '"><img src=x onerror="document.title=`owned`"><script>document.title="owned"</script>';
const scenario = steady();
const good = fileJson(scenario);

interface Case {
  readonly name: string;
  readonly text: string;
  readonly field: string;
  readonly says: RegExp;
}
const file = (name: string, json: unknown, field: string, says: RegExp): Case => ({
  name,
  text: typeof json === "string" ? json : JSON.stringify(json),
  field,
  says,
});

const deep = `{"format":"driftwood","version":1,"notes":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;

const files: readonly Case[] = [
  file("is no JSON", "{ not json", "", /Line 1, column 3: .*expected a name or a value, found "not"/),
  file("is cut off", JSON.stringify(good).slice(0, 120), "", /Line 1, column \d+: .*expected/),
  file("is a newer version", { ...good, version: 9 }, "version", /newer Driftwood.*version 9/),
  file("is somebody else's", { ...good, format: "flotsam" }, "format", /driftwood/),
  file("has a field that nobody knows", { ...good, servers: 5, extra: 1 }, "extra", /there is no field "extra"/),
  file("has a server that is not there", wrongServer(), "actions[0].server", /there is no S8/),
  file("has an act of no kind", { ...good, actions: [{ atMs: 1, do: payload }] }, "actions[0].do", /expected one of/),
  file(
    "names a server with markup",
    { ...good, actions: [{ atMs: 1, do: "crash", server: payload }] },
    "actions[0].server",
    /expected/,
  ),
  file("has fractions of a seed", { ...good, seed: 1.5 }, "seed", /whole number/),
  file("has ten servers", { ...good, servers: 10 }, "servers", /from 1 to 9/),
  file(
    "goes back in time",
    {
      ...good,
      actions: [
        { atMs: 5, do: "heal" },
        { atMs: 1, do: "heal" },
      ],
    },
    "actions[1].atMs",
    /sorted/,
  ),
  file(
    "has too many actions",
    { ...good, actions: Array(2001).fill({ atMs: 1, do: "heal" }) },
    "actions",
    /at most 2000/,
  ),
  file("is nested without end", deep, "", /levels of nesting/),
  file("is larger than anything", `"${"x".repeat(1_100_000)}"`, "", /at most 1000000 characters/),
  file(
    "reaches for prototypes",
    `{"format":"driftwood","version":1,"__proto__":{"polluted":true}}`,
    "__proto__",
    /no such field/,
  ),
  file(
    "reaches for constructors",
    { ...good, options: { constructor: { prototype: { polluted: true } } } },
    "options.constructor",
    /no such field/,
  ),
];

function wrongServer(): unknown {
  return { ...good, actions: [{ atMs: 1, do: "crash", server: "S8" }] };
}

/** One page opens them all, one after the other: no refusal may spoil what comes after it. */
test("a file that is wrong is refused with its field and the reason, and the run goes on", async ({ lab, page }) => {
  await lab.open({ scenario });
  await lab.onServer(2, "Crash S2");
  for (const { name, text, field, says } of files) {
    await test.step(`a file that ${name}`, async () => {
      const before = await lab.moment();
      await openText(lab, text);
      const alert = page.getByRole("alert");
      await expect(alert).toContainText("This could not be opened. Your run is untouched.");
      await expect(alert).toContainText(says);
      if (field !== "") await expect(alert.locator("code")).toHaveText(field);
      await untouched(lab, before);
      await alert.getByRole("button", { name: "Dismiss" }).click();
      await expect(alert).toBeHidden();
      await lab.press(".");
      expect(await lab.hash()).not.toBe(before.hash);
    });
  }
});

test.describe("a link that", () => {
  const cases: readonly (readonly [name: string, make: (good: string) => string, says: RegExp])[] = [
    ["is cut off", (link) => link.slice(0, -7), /damaged or cut off/],
    [
      "has one letter changed",
      (link) => `${link.slice(0, -3)}${link.at(-3) === "A" ? "B" : "A"}${link.slice(-2)}`,
      /damaged or cut off/,
    ],
    ["is no link", () => "%3Cimg%20src=x%20onerror=alert(1)%3E", /damaged or cut off/],
    ["comes from a newer version", (link) => link.replace(/^\d+/, "7"), /newer Driftwood.*version 7/],
    ["is longer than any", (link) => link + "A".repeat(9000), /at most 8192 characters/],
    [
      "inflates without end",
      (link) => withPayload(link, deflateRawSync(Buffer.alloc(6_000_000))),
      /at most 262144 bytes|damaged/,
    ],
    [
      "holds something else",
      (link) => withPayload(link, deflateRawSync(Buffer.from('{"__proto__":{"polluted":1}}'))),
      /damaged|expected|no such field/,
    ],
  ];
  test("is wrong is refused with the reason, and the run is untouched", async ({ lab, page }) => {
    await lab.open({ scenario });
    const before = await lab.moment();
    for (const [name, make, says] of cases) {
      await test.step(name, async () => {
        const fragment = make(await encodeScenario(scenario));
        await page.evaluate((text) => {
          location.hash = text;
        }, fragment);
        const alert = page.getByRole("alert");
        await expect(alert).toContainText(says);
        await untouched(lab, before);
        await alert.getByRole("button", { name: "Dismiss" }).click();
        await expect(alert).toBeHidden();
      });
    }
  });

  test("ends in another state than its author saw opens, and says so", async ({ lab, page }) => {
    const [version, , , ...rest] = (await encodeScenario(scenario)).split(".");
    await lab.open({ fragment: [version, "0", "0123456789abcdef", ...rest].join(".") });
    await expect(page.getByText(/ends? in another state here than its author saw/)).toBeVisible();
    expect((await lab.frame()).position.at).toBe(420_000);
  });
});

test("markup in every text of a recording stays text", async ({ lab, page }) => {
  const word = payload.slice(0, 64);
  const marked = steady({
    title: payload,
    notes: `${payload}\n\n[link](javascript:alert(1)) <img src=x onerror=alert(1)>`,
    actions: [
      { atMs: 0, do: "timer", server: "S1", leftMs: 10 },
      { atMs: 150, do: "request", put: [word, word] },
      { atMs: 300, do: "request", get: word },
    ],
    bookmarks: [{ atMs: 200, label: payload }],
  });
  await lab.open({ scenario: marked });
  await expect(lab.inspector.getByRole("heading", { name: payload })).toBeVisible();
  await lab.inspector.getByRole("button", { name: payload }).click();
  await page.getByRole("tab", { name: "Events" }).click();
  await expect(page.locator(".events-line").first()).toBeVisible();
  await page.getByRole("tab", { name: "Logs" }).click();
  await lab.press("End", "1", "s");
  await expect(lab.dialog).toBeVisible();
  await lab.press("Escape");
  await lab.click("Partition");
  expect(await page.locator("img, script:not([src]), iframe, a[href^='javascript']").count()).toBe(0);
  expect(await page.title()).not.toBe("owned");
});

test.describe(() => {
  test.use({ keepsPage: false });
  test("a link that is broken is told to a first visitor, who gets the first scenario", async ({ lab, page }) => {
    await lab.open({ fragment: "1.1.zz" });
    await expect(page.getByRole("alert")).toContainText("damaged or cut off");
    expect((await lab.state()).info?.preset).toBe("first-election");
  });
});

async function openText(lab: Lab, text: string): Promise<void> {
  const chooser = lab.page.waitForEvent("filechooser");
  await lab.press("Control+o");
  await (await chooser).setFiles({ name: "run.raft.json", mimeType: "application/json", buffer: Buffer.from(text) });
}

async function untouched(lab: Lab, before: Awaited<ReturnType<Lab["moment"]>>): Promise<void> {
  expect(await lab.moment()).toEqual(before);
  const { polluted, title } = await lab.page.evaluate(() => ({
    polluted: (Object.prototype as Record<string, unknown>)["polluted"],
    title: document.title,
  }));
  expect(polluted).toBeUndefined();
  expect(title).not.toBe("owned");
}

/** The link with another payload whose check digits are right. */
function withPayload(link: string, bytes: Buffer): string {
  const text = bytes.toString("base64url");
  return [...link.split(".").slice(0, 3), checkOf(text), text].join(".");
}
