import { endName, readFollowed, readLink, readRef, readServer } from "../../scenario/names.ts";
import type { Selection, Standing } from "../lab.ts";
import { haveNames } from "../server-names.ts";

/** The selection as links and files carry it: "S3", "S1>S3#4", "S1>S3", "E4.2" (entry 4 of term 2), "R7", "T2", "" for nothing. */
export function selectionText(selection: Selection): string {
  if (selection === null) return "";
  switch (selection.kind) {
    case "server":
      return endName(selection.id);
    case "message":
      return selection.id;
    case "link":
      return `${endName(selection.link[0])}>${endName(selection.link[1])}`;
    case "entry":
      return `E${selection.index}.${selection.term}`;
    case "command":
      return `R${selection.number}`;
    case "term":
      return `T${selection.term}`;
  }
}

/** Where another program told of a run there may be more than nine servers. */
const toldPattern = /^S([1-9]\d?)(?:>S([1-9]\d?)(?:#([1-9]\d{0,7}))?)?$/;

function readTold(text: string): Selection {
  const [, from, to, ordinal] = toldPattern.exec(text)?.map(Number) ?? [];
  if (from === undefined || to === undefined || ordinal === undefined) return null;
  if (Number.isNaN(to)) return { kind: "server", id: from };
  if (Number.isNaN(ordinal)) return { kind: "link", link: [from, to] };
  return { kind: "message", id: text, ref: { from, to, ordinal, copy: 0 } };
}

/** The inverse of `selectionText`; anything unreadable is nothing. */
export function readSelection(text: string): Selection {
  if (haveNames()) return readTold(text) ?? readFollowed(text);
  const server = readServer(text);
  if (server !== null) return { kind: "server", id: server };
  const ref = readRef(text);
  if (ref !== null) return { kind: "message", id: text, ref };
  const followed = readFollowed(text);
  if (followed !== null) return followed;
  const [from = "", to = ""] = text.split(">");
  const link = readLink(from, to);
  return link === null ? null : { kind: "link", link };
}

export const isStanding = (selection: Selection): selection is Standing =>
  selection !== null && (selection.kind === "server" || selection.kind === "message" || selection.kind === "link");
