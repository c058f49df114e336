import { inTurn, nobody, type Read } from "./etcd/in-turn.ts";
import { Gathering } from "./gather.ts";
import type { Post } from "./merge.ts";
import { loggedIn } from "./raft-rs/fields.ts";
import { tellingOf } from "./raft-rs/lines.ts";
import { tally, unreadable } from "./tally.ts";
import type { Importer, Place, Reader } from "./told.ts";

/**
 * What raft-rs logs, as TiKV writes it, as JSON, or as a terminal shows it. A store of TiKV has thousands of groups
 * (regions), whose terms have nothing to do with each other: the one that is told most of is read.
 */
export const raftRs: Importer = {
  name: "raft-rs",
  title: "raft-rs log (TiKV)",
  named: /tikv[^/\\]*\.(log|txt)$/i,
  fits: (head) => head.split("\n").some((line) => understood(line) !== null),
  open: (given) => reader(given.map(({ name }) => name)),
};

const unknown = [
  "What is not logged is not known: entries, acknowledgements, heartbeats and timers.",
  "A server's commit index and the end of its log are as it last told them; they may have grown since.",
];
/** Of all regions together. */
const mostKept = 400_000;

function understood(line: string) {
  const logged = loggedIn(line);
  const telling = logged === null ? null : tellingOf(logged);
  return logged === null || telling === null ? null : { logged, telling };
}

interface Kept {
  readonly source: string;
  readonly line: Read;
}

function reader(files: readonly string[]): Reader {
  const seen = tally();
  const regions = new Map<string, Kept[]>();
  const strange: { readonly source: string; readonly place: Place; readonly why: string }[] = [];
  let kept = 0;
  let gathering: Gathering<Read> | null = null;
  const skip = (source: string, place: Place, why: string): void => {
    seen.lines += 1;
    if (strange.length < 1000) strange.push({ source: source.slice(0, 200), place, why });
  };
  return {
    line(text, place) {
      if (text.trim() === "") return;
      const found = kept < mostKept ? understood(text) : null;
      if (found === null)
        return skip(
          text,
          place,
          kept < mostKept ? "it is no line of raft-rs that is known here" : "there are too many lines",
        );
      const { logged, telling } = found;
      const region = logged.fields.get("region_id") ?? "";
      const list = regions.get(region) ?? [];
      regions.set(region, list);
      kept += 1;
      list.push({ source: text.slice(0, 200), line: lineOf(logged, telling, place) });
    },
    *end(offsets) {
      const [most] = [...regions].sort(([, one], [, other]) => other.length - one.length);
      if (most === undefined) return unreadable("No line of it is one that raft-rs logs.", strange[0]?.place);
      gathering ??= gathered(files, most, regions, strange, seen.lines);
      return yield* gathering.end(offsets, "No line of it is one that raft-rs logs.");
    },
  };
}

function lineOf(
  { at, text, fields }: NonNullable<ReturnType<typeof loggedIn>>,
  { kind, says = {}, sends = [], receives, opens }: NonNullable<ReturnType<typeof tellingOf>>,
  { file, line }: Place,
): Read {
  const apart = (post: Post): boolean => post.from !== post.to;
  return {
    ...{ file, line, at, server: fields.get("raft_id") ?? "", kind, routine: false, text },
    says: typeof says.vote === "string" ? { ...says, vote: nobody(says.vote) } : says,
    sends: sends.filter(apart),
    receives: receives ?? null,
    opens: opens ?? false,
  };
}

function gathered(
  files: readonly string[],
  [region, lines]: readonly [string, readonly Kept[]],
  regions: ReadonlyMap<string, readonly Kept[]>,
  strange: readonly { readonly source: string; readonly place: Place; readonly why: string }[],
  strangeLines: number,
): Gathering<Read> {
  const others = regions.size - 1;
  const supposed =
    others === 0
      ? []
      : [
          `Region ${region || "without a name"} is read, of which most is told; ${others === 1 ? "another is" : `${others} others are`} not.`,
        ];
  const gathering = new Gathering<Read>({ format: raftRs.name, files, unknown, supposed, inOrder: "server", inTurn });
  for (const { source, line } of lines) gathering.add(source, line);
  for (const { source, place, why } of strange) gathering.skip(source, place, why);
  for (let more = strange.length; more < strangeLines; more++) gathering.skip("", { file: 0, line: 1 }, "");
  for (const [id, all] of regions)
    if (id !== region) for (const { source, line } of all) gathering.skip(source, line, `of region ${id}`);
  return gathering;
}
