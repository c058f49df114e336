import { profiles, type RaftOptions } from "../raft/options.ts";
import { type OptionJson, type OptionRow, valueText } from "../scenario/option-kinds.ts";
import { optionNames, optionRows, reloadOf } from "../scenario/option-rows.ts";
import type { Reason, Values } from "./reason.ts";

/** The options of which some are given, in words. */

const rowsOf = (given: Partial<RaftOptions>): readonly OptionRow[] =>
  optionNames.map((name) => optionRows[name]).filter(({ keys }) => keys.some((key) => given[key] !== undefined));

const writtenOf = ({ write }: OptionRow, given: Partial<RaftOptions>): OptionJson =>
  write({ ...profiles.paper, ...given });

/** "on" for yes: it is what is done. */
const valueWords = ({ kind }: OptionRow, value: OptionJson): string =>
  kind.is === "flag" ? (value === true ? "on" : "off") : valueText(kind, value);

/** "heartbeat interval 20 ms, pre-vote on, flow: a window of requests". */
export const optionsText = (given: Partial<RaftOptions>): string =>
  rowsOf(given)
    .map((row) => {
      const value = writtenOf(row, given);
      const colon = row.kind.is === "choice" || value === null ? ":" : "";
      return `${lowered(row.title)}${colon} ${valueWords(row, value)}`;
    })
    .join(", ");

export const optionValues = (given: Partial<RaftOptions>): Values =>
  rowsOf(given).map((row) => [row.title, valueWords(row, writtenOf(row, given))]);

/** What becomes of what is under way, or why a server that runs does not take them. */
export function reloadReason(given: Partial<RaftOptions>): Reason {
  const rows = rowsOf(given);
  const text = [...new Set(rows.map((row) => `${raised(reloadOf(row).why)}.`))].join(" ");
  return { section: rows.length === 1 ? rows[0]!.section : "", text };
}

/** "No-op when elected" keeps its capital in no sentence. */
const lowered = (title: string): string => title.charAt(0).toLowerCase() + title.slice(1);
const raised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
