import { bugNames, bugOf } from "../raft/bugs/index.ts";
import { Usage } from "./usage.ts";

/** `bugs [--json]`: every bug that can be switched on. */
export async function bugs(args: readonly string[]): Promise<number> {
  if (args.some((arg) => arg !== "--json")) throw new Usage("bugs takes only --json");
  const all = bugNames.map(bugOf);
  if (args.includes("--json")) {
    const rows = all.map(({ name, changed, breaks, servers, section, foundBy, replaces }) => {
      return { name, changed, breaks, servers, section, foundBy, rules: Object.keys(replaces) };
    });
    console.log(JSON.stringify(rows));
    return 0;
  }
  for (const { name, changed, breaks, servers, foundBy } of all) {
    const what = breaks.length === 0 ? "nothing" : breaks.join(", ");
    console.log(
      `${name.padEnd(32)} ${changed}\n${"".padEnd(32)} breaks ${what}; ${servers} servers; found by ${foundBy}`,
    );
  }
  return 0;
}
