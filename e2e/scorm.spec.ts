import { strFromU8, unzipSync } from "fflate";
import { scormPackage } from "../src/cli/scorm/package.ts";
import { lessons } from "../src/lesson/lessons/index.ts";
import { expect, test } from "./lab.ts";

const types: Readonly<Record<string, string>> = {
  html: "text/html",
  js: "text/javascript",
  css: "text/css",
  svg: "image/svg+xml",
  woff2: "font/woff2",
};

/** A learning management system in a few lines: it keeps what it is told. */
const system = `<!doctype html><title>Course</title><iframe src="sco.html" width="1200" height="800"></iframe><script>
  window.told = JSON.parse(localStorage.getItem("course") ?? "{}");
  const keep = () => localStorage.setItem("course", JSON.stringify(told));
  window.API = {
    LMSInitialize: () => "true",
    LMSGetValue: (name) => told[name] ?? "",
    LMSSetValue: (name, value) => { told[name] = value; keep(); return "true"; },
    LMSCommit: () => "true",
    LMSFinish: () => { told.finished = "yes"; keep(); return "true"; },
  };
</script>`;

test("in a course what was done in a lesson is told to the system, which brings it back to another device", async ({
  page,
}) => {
  const made = await scormPackage(lessons.slice(0, 2), "dist");
  const files = unzipSync(made.ok ? made.value : new Uint8Array());
  await page.route("**/course/**", (route) => {
    const name = new URL(route.request().url()).pathname.split("/course/")[1]!;
    if (name === "index.html") return route.fulfill({ contentType: "text/html", body: system });
    const file = files[name];
    if (file === undefined) return route.abort();
    const contentType = types[name.split(".").at(-1)!] ?? "application/octet-stream";
    return route.fulfill({ contentType, body: Buffer.from(file) });
  });
  const told = (name: string) =>
    page.evaluate((key) => (window as unknown as { told: Record<string, string> }).told[key], name);
  await page.goto("./course/index.html");
  const inner = page.frameLocator("iframe").frameLocator("iframe");
  await expect(inner.getByRole("button", { name: "step 1 of" })).toBeVisible();
  expect(await told("cmi.core.lesson_status")).toBe("incomplete");
  expect(await told("cmi.core.score.raw")).toBe("0");

  // Done by somebody who is quick: what the page notes of the second lesson's first step.
  const [, second] = lessons;
  const step = second!.steps[0]!.id;
  await inner.locator("body").evaluate(
    (_, { id, passed }) => {
      const own = { step: 2, passed: [passed], answers: { [passed]: "B" } };
      localStorage.setItem("driftwood-lessons", JSON.stringify({ lessons: { [id]: own }, last: id, now: null }));
    },
    { id: second!.id, passed: step },
  );
  await expect.poll(() => told("cmi.core.lesson_location")).toBe(`${second!.id} 2`);
  expect(Number(await told("cmi.core.score.raw"))).toBeGreaterThan(0);
  expect((await told("cmi.suspend_data"))!.length).toBeLessThan(4096);

  // Another device knows nothing.
  await page.addInitScript(() => {
    if (location.pathname.endsWith("/course/index.html")) localStorage.removeItem("driftwood-lessons");
  });
  await page.reload();
  await expect(inner.getByRole("button", { name: "step 2 of" })).toBeVisible();
  expect(await told("finished")).toBe("yes");
  expect(strFromU8(files["imsmanifest.xml"]!)).toContain("sco.html");
});
