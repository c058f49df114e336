import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { problemsOf } from "../lesson/gate.ts";
import type { Lesson } from "../lesson/lesson.ts";
import { lessons as all } from "../lesson/lessons/index.ts";
import { didYouMean } from "../scenario/nearest.ts";
import { readOptions } from "./args.ts";
import { whereTheCallerStands } from "./load.ts";
import { scormPackage } from "./scorm/package.ts";
import { Usage } from "./usage.ts";

/**
 * `lessons [--json]` lists them; `lessons --check` tries each in the engine, and gives 1 if one does not keep what it
 * promises; `lessons --scorm DIR` packs them for a learning management system.
 */
export async function lessons(args: readonly string[]): Promise<number> {
  if (args.includes("--scorm")) return pack(readOptions(args, ["scorm", "lesson"]));
  const strange = args.find((arg) => arg !== "--json" && arg !== "--check");
  if (strange !== undefined) throw new Usage(`${strange}: lessons takes only --json, --check or --scorm DIR`);
  if (args.length > 1) throw new Usage("lessons takes one of --json and --check");
  if (args[0] === "--check") return check();
  if (args[0] === "--json") console.log(JSON.stringify(all.map(rowOf)));
  else for (const lesson of all) console.log(lineOf(lesson));
  return 0;
}

function rowOf({ id, minutes, steps, words: { title } }: Lesson) {
  const predictions = steps.filter(({ question }) => question !== null).length;
  const tasks = steps.reduce((sum, step) => sum + step.tasks.length, 0);
  return { id, title, minutes, steps: steps.length, predictions, tasks };
}

function lineOf(lesson: Lesson): string {
  const { id, title, minutes, steps, predictions, tasks } = rowOf(lesson);
  const counts = `${minutes} min, ${steps} steps, ${predictions} predictions, ${tasks} tasks`;
  return `${id.padEnd(20)} ${title}\n${"".padEnd(20)} ${counts}; ${lesson.sections.join(", ")}`;
}

async function pack({ scorm = "", lesson }: { readonly scorm?: string; readonly lesson?: string }): Promise<number> {
  const chosen = all.filter(({ id }) => lesson === undefined || id === lesson);
  if (chosen.length === 0)
    throw new Usage(
      `there is no lesson ${lesson}${didYouMean(
        lesson ?? "",
        all.map(({ id }) => id),
      )}`,
    );
  const made = await scormPackage(chosen, "dist");
  if (!made.ok) throw new Usage(made.problem);
  const folder = resolve(whereTheCallerStands(), scorm);
  await mkdir(folder, { recursive: true });
  const file = join(folder, `driftwood-${lesson ?? "path"}.zip`);
  await writeFile(file, made.value);
  console.log(`${file}: ${chosen.length} lesson${chosen.length === 1 ? "" : "s"}, SCORM 1.2`);
  return 0;
}

function check(): number {
  const wrong = all.flatMap((lesson) => {
    const problems = problemsOf(lesson);
    console.log(`${lesson.id.padEnd(20)} ${problems.length === 0 ? "kept" : `${problems.length} wrong`}`);
    return problems;
  });
  for (const problem of wrong) console.error(problem);
  return wrong.length === 0 ? 0 : 1;
}
