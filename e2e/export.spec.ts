import { readFile } from "node:fs/promises";
import { expect, type Lab, test } from "./lab.ts";
import { steady } from "./scenario.ts";

/** Answers as Perfetto does, and keeps what it was given in its title. */
const perfetto = `<!doctype html><script>
addEventListener("message", ({ data, source, origin }) => {
  if (data === "PING") return source.postMessage("PONG", origin);
  const { buffer, title, fileName } = data.perfetto;
  document.title = JSON.stringify({ title, fileName, events: JSON.parse(new TextDecoder().decode(buffer)).traceEvents.length });
});
</script>`;

/** Saves in the format that is chosen. */
async function saved(lab: Lab) {
  const button = lab.dialog.getByRole("button", { name: /^Save \./ });
  const ending = ((await button.textContent()) ?? "").slice("Save ".length);
  const [download] = await Promise.all([lab.page.waitForEvent("download"), button.click()]);
  await expect(lab.dialog.getByRole("status")).toHaveText(/ is saved\./);
  return { ending, name: download.suggestedFilename(), text: await readFile(await download.path(), "latin1") };
}

test("every export is saved by a click, Mermaid is copied, and Perfetto gets its trace", async ({
  lab,
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await context.route("https://ui.perfetto.dev/**", (route) =>
    route.fulfill({ contentType: "text/html", body: perfetto }),
  );
  await lab.open({ scenario: steady() });
  await lab.click("Write");
  await lab.playUntil(800);
  await lab.press("Shift+G");
  const format = (name: string) => lab.dialog.locator(`input[name="export-format"][value="${name}"]`);
  await expect(format("text")).toBeVisible();
  const names = await lab.dialog
    .locator('input[name="export-format"]')
    .evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value));
  expect(names.length).toBeGreaterThanOrEqual(18);
  const files = new Map<string, string>();
  for (const name of names.filter((each) => each !== "webm")) {
    await format(name).check();
    const file = await saved(lab);
    expect(file.name.endsWith(file.ending), file.name).toBe(true);
    expect(file.text.length, name).toBeGreaterThan(50);
    files.set(name, file.text);
  }
  expect(files.get("png")?.slice(1, 4)).toBe("PNG");
  for (const name of ["svg", "svg-animated"]) {
    const svg = files.get(name)!;
    expect(svg, name).toMatch(
      /@font-face\{font-family:"Inter";font-weight:400;src:url\(data:font\/woff2;base64,.{10000}/,
    );
    expect(svg).toContain("<pattern ");
    expect(svg.replaceAll("http://www.w3.org/", ""), "nothing is fetched").not.toMatch(/https?:/);
  }

  await format("mermaid").check();
  await lab.dialog.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(lab.dialog.getByRole("status")).toHaveText("Copied.");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(files.get("mermaid"));

  await format("perfetto").check();
  await expect(lab.dialog.getByRole("status")).toContainText("a page of Google’s");
  const open = lab.dialog.getByRole("button", { name: "Open in Perfetto" });
  const [tab] = await Promise.all([context.waitForEvent("page"), open.click()]);
  await expect(lab.dialog.getByRole("status")).toHaveText("Perfetto has the trace.");
  await expect.poll(() => tab.title()).toMatch(/^\{/);
  const { traceEvents } = JSON.parse(files.get("perfetto")!);
  expect(JSON.parse(await tab.title())).toMatchObject({
    fileName: expect.stringMatching(/\.perfetto\.json$/),
    events: traceEvents.length,
  });
  await tab.close();

  await format("webm").check();
  await lab.dialog.getByText("Other", { exact: true }).click();
  await lab.dialog.getByLabel("To, in seconds").fill("0.01");
  const film = await saved(lab);
  expect(film.name).toMatch(/\.webm$/);
  expect(film.text.slice(0, 4)).toBe("\x1aE\xdf\xa3");
  expect(film.text).toContain("V_VP8");
});
