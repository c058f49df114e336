import type { Compared } from "../../../why/types.ts";
import { matchIn } from "./match.ts";

const nobody = /^0+$/;
const vote = "votedFor";

/**
 * What a voter of etcd/raft held against what it was asked, where its line tells both; in the order in which `raft.go` asks.
 * Empty for every other line. A pre-vote's own term is not told: whether its voter's vote mattered is not known, so that
 * row is left out. Where no row decides, something did that is not in the line (a leader that it knows, say).
 */
export function comparedIn(text: string): readonly Compared[] {
  if (!text.includes("logterm")) return [];
  const match = matchIn(text);
  const answer = / (cast|voted|rejected) /.exec(match?.template.pattern ?? "")?.[1];
  if (match === null || answer === undefined || !match.template.pattern.includes("{itsLogterm:d}")) return [];
  const { values } = match;
  const own = { vote: values.text("vote"), term: values.number("logterm"), index: values.number("index") };
  const theirs = { from: values.text("from"), term: values.number("itsLogterm"), index: values.number("itsIndex") };
  const rows: (Omit<Compared, "decides" | "asked"> & { readonly refuses: boolean })[] = [
    {
      what: "last entry’s term",
      here: String(own.term),
      there: String(theirs.term),
      refuses: theirs.term < own.term,
    },
    {
      what: "last entry’s index",
      here: String(own.index),
      there: String(theirs.index),
      refuses: theirs.term === own.term && theirs.index < own.index,
    },
  ];
  if (values.text("type") !== "MsgPreVote")
    rows.unshift({
      what: vote,
      here: nobody.test(own.vote) ? "nobody" : own.vote,
      there: theirs.from,
      refuses: !nobody.test(own.vote) && own.vote !== theirs.from,
    });
  const at = answer === "rejected" ? rows.findIndex(({ refuses }) => refuses) : -1;
  return rows.map(({ refuses: _, ...row }, i) => ({ ...row, decides: i === at, asked: at < 0 || i <= at }));
}
