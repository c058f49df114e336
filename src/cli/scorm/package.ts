import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { strToU8, type Zippable, zipSync } from "fflate";
import { failure, type Result, success } from "../../base/result.ts";
import type { Lesson } from "../../lesson/lesson.ts";

/**
 * A SCORM 1.2 package of these lessons: one zip with one SCO, which holds the whole built page. `site`: the folder of
 * `npm run build`. Fails where nothing was built.
 */
export async function scormPackage(lessons: readonly Lesson[], site: string): Promise<Result<Uint8Array, string>> {
  const parts = await filesIn(site);
  if (!parts.some((file) => file === "index.html")) return failure(`${site}: nothing is built there: npm run build`);
  const own = (name: string) => readFile(join(import.meta.dirname, name), "utf8");
  const steps = lessons.map(({ id, steps }) => [id, steps.map((step) => step.id)]);
  const page = (await own("sco.html")).replace('id="lessons">', () => `id="lessons">${JSON.stringify(steps)}`);
  const files: Zippable = { "sco.html": strToU8(page), "sco.js": strToU8(await own("sco.js")) };
  for (const file of parts) files[`page/${file}`] = new Uint8Array(await readFile(join(site, file)));
  const names = Object.keys(files).sort();
  files["imsmanifest.xml"] = strToU8(manifest(lessons, names));
  // The same lessons give the same bytes.
  return success(zipSync(files, { mtime: "2000-01-01T00:00:00Z" }));
}

/** Only the parts of this build, and with slashes on every system. */
async function filesIn(site: string): Promise<readonly string[]> {
  try {
    const found = await readdir(site, { recursive: true, withFileTypes: true });
    return found
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(site.length + 1)
          .replaceAll("\\", "/"),
      )
      .sort();
  } catch {
    return [];
  }
}

/** SCORM 1.2, content aggregation model, 2.3: one organization, one item, one SCO. */
function manifest(lessons: readonly Lesson[], files: readonly string[]): string {
  const [first] = lessons;
  const title = lessons.length === 1 ? first!.words.title : `Raft in ${lessons.length} lessons`;
  const id = lessons.length === 1 ? first!.id : "path";
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="driftwood-${id}" version="1.0"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="driftwood">
    <organization identifier="driftwood">
      <title>${escaped(title)}</title>
      <item identifier="lessons" identifierref="sco" isvisible="true">
        <title>${escaped(title)}</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="sco" type="webcontent" adlcp:scormtype="sco" href="sco.html">
${files.map((file) => `      <file href="${escaped(file)}" />`).join("\n")}
    </resource>
  </resources>
</manifest>
`;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
