import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { lessons } from "../../lesson/lessons/index.ts";
import { scormPackage } from "./package.ts";

async function site(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "driftwood-site-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), "<title>Page</title>");
  await writeFile(join(folder, "assets", "a&b.js"), "1");
  return folder;
}

test("a package has a manifest that names every file, one SCO, and the lessons' steps", async () => {
  const made = await scormPackage(lessons.slice(0, 2), await site());
  const files = unzipSync(made.ok ? made.value : new Uint8Array());
  const manifest = strFromU8(files["imsmanifest.xml"]!);
  const named = [...manifest.matchAll(/<file href="([^"]+)" \/>/g)].map(([, href]) => href!.replaceAll("&amp;", "&"));
  expect([...named, "imsmanifest.xml"].sort()).toEqual(Object.keys(files).sort());
  expect(named).toContain("page/assets/a&b.js");
  expect(manifest.match(/adlcp:scormtype="sco"/g)).toHaveLength(1);
  expect(manifest).toContain("<schemaversion>1.2</schemaversion>");
  const [, steps] = /id="lessons">(.*?)<\/script>/.exec(strFromU8(files["sco.html"]!))!;
  expect(JSON.parse(steps!)).toEqual(lessons.slice(0, 2).map(({ id, steps }) => [id, steps.map((step) => step.id)]));
});

test("the same lessons give the same bytes; nothing built is said", async () => {
  const folder = await site();
  const [once, again] = [await scormPackage(lessons, folder), await scormPackage(lessons, folder)];
  expect(once).toEqual(again);
  expect(await scormPackage(lessons, join(folder, "nowhere"))).toMatchObject({ ok: false });
});
