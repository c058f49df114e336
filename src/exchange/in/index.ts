import { ccf } from "./ccf.ts";
import { describeMessage } from "./describe-message.ts";
import { etcdLog } from "./etcd-log.ts";
import { etcdTrace } from "./etcd-trace.ts";
import { itf } from "./itf.ts";
import { labLog } from "./lab-log.ts";
import { raftRs } from "./raft-rs.ts";
import { rafttest } from "./rafttest.ts";
import { shiviz } from "./shiviz.ts";
import { tlc } from "./tlc.ts";
import type { Importer } from "./told.ts";

/** Every format that can be read. Where two fit a text and its name, the earlier one reads it. */
export const importers: readonly Importer[] = [
  ...[etcdLog, etcdTrace, describeMessage, rafttest, raftRs],
  ...[labLog, ccf, shiviz],
  ...[itf, tlc],
];

/** How much of a text `recognised` wants to see, in characters; less where there is no more. */
export const headLength = 65_536;

/**
 * Whose format a text is: of those that find their structure in its beginning, the one that the file's name speaks for,
 * else the first. Where none finds it, the one that the name alone speaks for; null where that is none or several.
 */
export function recognised(name: string, head: string, among: readonly Importer[] = importers): Importer | null {
  const named = among.filter((importer) => importer.named.test(name));
  const fitting = among.filter((importer) => importer.fits(head));
  const both = fitting.find((importer) => named.includes(importer));
  return both ?? fitting[0] ?? (named.length === 1 ? (named[0] ?? null) : null);
}
