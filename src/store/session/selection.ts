import { endName, readLink, readRef, readServer } from "../../scenario/names.ts";
import type { Selection } from "../lab.ts";

/** The selection as links and files carry it: "S3", "S1>S3#4", "S1>S3", "" for nothing. */
export function selectionText(selection: Selection): string {
  if (selection === null) return "";
  if (selection.kind === "server") return endName(selection.id);
  if (selection.kind === "message") return selection.id;
  return `${endName(selection.link[0])}>${endName(selection.link[1])}`;
}

/** The inverse of `selectionText`; anything unreadable is nothing. */
export function readSelection(text: string): Selection {
  const server = readServer(text);
  if (server !== null) return { kind: "server", id: server };
  const ref = readRef(text);
  if (ref !== null) return { kind: "message", id: text, ref };
  const [from = "", to = ""] = text.split(">");
  const link = readLink(from, to);
  return link === null ? null : { kind: "link", link };
}
