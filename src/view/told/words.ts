import type { ToldInfo } from "../../worker/protocol/told.ts";

/** "1,204 lines" */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** "2 files, 4,888 events of 10 servers" */
export function readWords({ files, events, servers }: Pick<ToldInfo, "files" | "events" | "servers">): string {
  const sources = files.length === 1 ? files[0]!.name || "a text" : counted(files.length, "file");
  return `${sources}: ${counted(events, "event")} of ${counted(servers.length, "server")}`;
}

export const skippedWords = (skipped: number): string => `${counted(skipped, "line was", "lines were")} skipped`;

/** "12.3 kB" */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
