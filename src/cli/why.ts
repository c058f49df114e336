import type { GroupId } from "../base/units.ts";
import { column } from "../explain/words.ts";
import { Causes } from "../history/causes/causes.ts";
import { History } from "../history/history.ts";
import { finish } from "../history/work.ts";
import { millis, nameOrNull } from "../report/state.ts";
import { readLink, readRef, readServer } from "../scenario/names.ts";
import type { About, CauseTold, Why } from "../why/types.ts";
import { whyOf } from "../why/why.ts";
import { answer } from "./answer.ts";
import { readFor, readTime, whole } from "./args.ts";
import { load } from "./load.ts";
import { Usage } from "./usage.ts";

/**
 * `why FILE --at T [--server S3 | --message S1>S3#4 | --link S1>S3 | --entry N] [--json]`: why that is as it is then. 3: there is no
 * such thing then, or nothing has happened to it.
 */
export async function why(args: readonly string[]): Promise<number> {
  const { values, files, json } = readFor("why", args, ["at", "server", "message", "link", "entry", "group"]);
  const about = readAbout(values);
  const recording = await load(files[0]!);
  const history = new History(recording.setup, recording.actions, recording.end);
  history.seek(values.at === undefined ? (recording.view?.at ?? recording.end) : readTime("at", values.at));
  const found = finish(whyOf(history, new Causes(history), about));
  return answer(found, "Nothing of that name is there at that time.", { json, state: whyState, lines: linesOf });
}

function readAbout(values: { readonly [Name in "server" | "message" | "link" | "entry" | "group"]?: string }): About {
  const group: GroupId = whole(values.group, "group", 1, 1, 99);
  const { server, message, link, entry } = values;
  if ([server, message, link, entry].filter((each) => each !== undefined).length !== 1)
    throw new Usage("why needs exactly one of --server S3, --message 'S1>S3#4', --link 'S1>S3', --entry 5");
  if (entry !== undefined) return { kind: "entry", index: whole(entry, "entry", 1, 1, 1_000_000), group };
  if (server !== undefined) {
    const id = readServer(server);
    if (id === null) throw new Usage(`--server ${server}: expected a server such as S3`);
    return { kind: "server", server: id, group };
  }
  if (link !== undefined) {
    const [from = "", to = ""] = link.split(">");
    const ends = readLink(from, to);
    if (ends === null) throw new Usage(`--link ${link}: expected a link such as S1>S3`);
    return { kind: "link", link: ends, group };
  }
  const ref = readRef(message!);
  if (ref === null) throw new Usage(`--message ${message}: expected a message such as S1>S3#4`);
  return { kind: "message", ref, group };
}

/** One JSON object; the README documents it. */
function whyState({ at, event, about, causes, ...rest }: Why) {
  return { atMs: millis(at), event, about, ...rest, causes: causes.map(causeState) };
}
const causeState = ({ at, event, server, sentence, as, by }: CauseTold) => ({
  event,
  atMs: millis(at),
  server: nameOrNull(server),
  sentence,
  as,
  by,
});

function linesOf({
  at,
  about,
  now,
  sentence,
  rule,
  compared,
  counterfactual,
  causes,
  earlier,
  waitsFor,
}: Why): string[] {
  const marked = compared.map(({ what, here, there, decides, asked }) => {
    const against = there === "" ? "" : ` | ${there}`;
    return `  ${decides ? ">" : " "} ${what}: ${here}${against}${asked ? "" : " (not asked)"}`;
  });
  return [
    `${column(at)}  ${about}: ${sentence}`,
    ...(now === undefined ? [] : [`Now ${now}`]),
    ...(rule === null
      ? []
      : [`Rule: ${rule.name === "" ? rule.section : `${rule.name} (${rule.section})`}: ${rule.text}`]),
    ...(marked.length === 0 ? [] : ["Compared, here | there:", ...marked]),
    ...(counterfactual === null ? [] : [counterfactual]),
    ...(causes.length === 0
      ? []
      : ["What led here:", ...causes.map((each) => `  ${column(each.at)}  ${each.sentence}`)]),
    ...(earlier ? ["  … earlier"] : []),
    ...waitsFor,
  ];
}
