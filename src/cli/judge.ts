import { judgeRun } from "../check/spec/judge/run.ts";
import { verdictLines } from "../check/spec/judge/tell.ts";
import { readFor } from "./args.ts";
import { load } from "./load.ts";

/** `judge FILE [--json]`: 0 if the published specification accepts the run, 1 if it does not, 3 if it has no words for it. */
export async function judge(args: readonly string[]): Promise<number> {
  const { files, json } = readFor("judge", args, []);
  const { setup, actions, end } = await load(files[0]!);
  const judged = judgeRun(setup, actions, end);
  const { verdict, accepted, wider, judged: steps } = judged;
  if (json)
    console.log(
      JSON.stringify({ verdict: verdict.is, steps, actions: accepted.length, wider, says: verdictLines(judged) }),
    );
  else for (const line of verdictLines(judged)) console.log(line);
  return verdict.is === "accepted" ? 0 : verdict.is === "refused" ? 1 : 3;
}
