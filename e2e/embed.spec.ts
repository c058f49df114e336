import { readFile } from "node:fs/promises";
import jsQr from "jsqr";
import type { FrameLocator, Page } from "playwright/test";
import { expect, firstVisit, test } from "./lab.ts";

/** A deck of two slides as people write them: the first holds a frame, and a key that the frame has no use for turns the slide. */
const deck = (src: string) => `<!doctype html><title>Deck</title>
<h1>Slide 1</h1>
<iframe src="${src}" width="800" height="450"></iframe>
<script>
  window.heard = [];
  addEventListener("message", ({ data }) => {
    if (data.from !== "driftwood") return;
    heard.push(data);
    if (data.event === "key" && data.key === "PageDown" && !data.used) document.querySelector("h1").textContent = "Slide 2";
  });
  window.tell = (command) => document.querySelector("iframe").contentWindow.postMessage({ to: "driftwood", ...command }, "*");
</script>`;

type Told = { readonly event: string; readonly step?: number; readonly steps?: number; readonly at?: number };
const tell = (page: Page, command: object) =>
  page.evaluate((said) => (window as unknown as { tell(command: object): void }).tell(said), command);
const lastMoment = (page: Page) =>
  page.evaluate(() => (window as unknown as { heard: Told[] }).heard.findLast(({ event }) => event === "moment"));

async function openDeck(page: Page, src: string): Promise<FrameLocator> {
  await page.route("**/deck.html", (route) => route.fulfill({ contentType: "text/html", body: deck(src) }));
  await page.goto("./deck.html");
  await page.waitForFunction(() =>
    (window as unknown as { heard: Told[] }).heard.some(({ event }) => event === "ready"),
  );
  return page.frameLocator("iframe");
}

firstVisit(
  "in a deck the frame shows what was chosen, does what it is told, and leaves the deck its keys",
  async ({ lab, page }) => {
    await page.clock.install();
    const frame = await openDeck(page, "./?embed=stage,logs,diagram,story&theme=dark#figure-8@0.108");
    await expect(frame.getByRole("region", { name: "Logs" })).toBeVisible();
    await expect(frame.getByRole("region", { name: "Diagram" })).toBeVisible();
    // No pane asks the engine before it has a run.
    await expect(frame.getByText("The engine had stopped")).toHaveCount(0);
    await expect(frame.getByRole("region", { name: "Time" })).toHaveCount(0);
    await expect(frame.getByRole("banner")).toHaveCount(0);
    await expect(frame.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect.poll(() => lastMoment(page)).toMatchObject({ at: 0.108, step: 1, steps: 6 });
    for (const nonsense of [{ do: "explode" }, { do: "goto", at: "soon" }, { do: "theme", theme: "pink" }])
      await tell(page, nonsense);
    await tell(page, { do: "goto", step: 5 });
    await expect.poll(() => lastMoment(page)).toMatchObject({ at: 0.55, step: 5 });
    await tell(page, { do: "theme", theme: "light" });
    await expect(frame.locator("html")).toHaveAttribute("data-theme", "light");

    await frame.getByRole("region", { name: "Story" }).click();
    await lab.hasten("PageDown", undefined, page.frames()[1]);
    await expect.poll(() => lastMoment(page)).toMatchObject({ at: 0.67, step: 6 });
    await expect(page.getByRole("heading", { name: "Slide 1" })).toBeVisible();
    await page.keyboard.press("PageDown");
    await expect(page.getByRole("heading", { name: "Slide 2" })).toBeVisible();
  },
);

test("a stretch begins where it is said, and playing ends there; another origin is not heard", async ({ page }) => {
  const src = "./?embed&from=0.1&to=0.14&host=https://slides.example#figure-8";
  await page.route("**/blog.html", (route) => route.fulfill({ contentType: "text/html", body: deck(src) }));
  await page.goto("./blog.html");
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("slider", { name: /time/i })).toHaveAttribute("aria-valuetext", /0\.100 s/);
  await tell(page, { do: "play" });
  await frame.getByRole("button", { name: "Play", exact: true }).click();
  await expect(frame.getByRole("slider", { name: /time/i })).toHaveAttribute("aria-valuetext", /0\.140 s/);
  await expect(frame.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  expect(await lastMoment(page), "what is told to another origin only").toBeUndefined();
});

test("a lesson in a frame goes from step to step as it is told, and asks nothing", async ({ page }) => {
  const frame = await openDeck(page, "./?embed=stage,story#lesson=electing&step=4");
  await expect.poll(() => lastMoment(page)).toMatchObject({ step: 4, steps: 5 });
  await tell(page, { do: "goto", step: 6 });
  await tell(page, { do: "goto", at: 1_000_000 });
  await tell(page, { do: "next" });
  await expect.poll(() => lastMoment(page)).toMatchObject({ step: 5, at: 0.4 });
  await frame.getByRole("button", { name: "Previous step" }).click();
  await expect.poll(() => lastMoment(page)).toMatchObject({ step: 4 });
});

const side = 320;
/** A CommonJS package: Node has its exports as the default one, its types do not. */
const readQr = (Reflect.get(jsQr, "default") ?? jsQr) as typeof jsQr;

/** The middle of a PNG, 320 pixels wide. */
async function photograph(base64: string): Promise<number[]> {
  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
  const pen = new OffscreenCanvas(320, 320).getContext("2d")!;
  const least = Math.min(bitmap.width, bitmap.height);
  pen.drawImage(bitmap, (bitmap.width - least) / 2, (bitmap.height - least) / 2, least, least, 0, 0, 320, 320);
  return [...pen.getImageData(0, 0, 320, 320).data];
}

test("the code that fills the screen is the link", async ({ lab, page }) => {
  await lab.open({ fragment: "figure-8@0.390" });
  await lab.press("s");
  const link = lab.dialog.getByLabel("Link to this moment");
  await expect(link).not.toHaveValue("");
  const url = await link.inputValue();
  await page.getByRole("button", { name: /QR code/ }).click();
  const picture = await page.screenshot();
  const camera = await page.context().newPage();
  const pixels = await camera.evaluate(photograph, picture.toString("base64"));
  await camera.close();
  expect(readQr(new Uint8ClampedArray(pixels), side, side)?.data).toBe(url);
  await page.keyboard.press("Escape");
  await expect(link).toBeVisible();
});

test("a picture of the moment stands alone: its colours and texts are in it, and it is drawn as points too", async ({
  lab,
  page,
}) => {
  await lab.open({ fragment: "figure-8@0.390" });
  await lab.press("s");
  await lab.dialog.getByText("Take a picture").click();
  const saved = async (name: string) => {
    const download = page.waitForEvent("download");
    await lab.dialog.getByRole("button", { name }).click();
    return readFile(await (await download).path());
  };
  const svg = (await saved("Save as SVG")).toString();
  expect(svg).not.toMatch(/class=|style=|var\(--|https?:\/\/(?!www\.w3\.org)/);
  for (const words of [">S1<", "leader of term 4", ">4 z=4<"]) expect(svg).toContain(words);
  const png = await saved("Save as PNG");
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  const camera = await page.context().newPage();
  const pixels = await camera.evaluate(photograph, png.toString("base64"));
  await camera.close();
  // The leader's disc has the colour of term 4.
  const plum = pixels.filter(
    (_, at) => at % 4 === 0 && pixels[at] === 97 && pixels[at + 1] === 54 && pixels[at + 2] === 89,
  );
  expect(plum.length).toBeGreaterThan(100);
});
