import { problemsOf } from "../lesson/gate.ts";
import type { Lesson } from "../lesson/lesson.ts";
import { lessons as all } from "../lesson/lessons/index.ts";
import { Usage } from "./usage.ts";

/** `lessons [--json]` lists them; `lessons --check` tries each in the engine, and gives 1 if one does not keep what it promises. */
export async function lessons(args: readonly string[]): Promise<number> {
  const strange = args.find((arg) => arg !== "--json" && arg !== "--check");
  if (strange !== undefined) throw new Usage(`${strange}: lessons takes only --json or --check`);
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

function check(): number {
  const wrong = all.flatMap((lesson) => {
    const problems = problemsOf(lesson);
    console.log(`${lesson.id.padEnd(20)} ${problems.length === 0 ? "kept" : `${problems.length} wrong`}`);
    return problems;
  });
  for (const problem of wrong) console.error(problem);
  return wrong.length === 0 ? 0 : 1;
}
