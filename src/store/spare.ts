import { formatRecording, parseRecording } from "../scenario/format.ts";
import { limits } from "../scenario/limits.ts";
import type { Recording } from "../scenario/recording.ts";
import type { Again } from "../worker/protocol/again.ts";
import { compare } from "./again.ts";
import { lab, session } from "./use-lab.ts";

/**
 * One machine more: the whole run, its branches too, with a server that stands ready from the start, knows nothing and
 * belongs to no cluster. It takes part in nothing before somebody adds it, so the run stays what it was, but for what
 * chance or clients decide among all machines. Loaded when somebody wants one.
 */
export function withSpare(recording: Recording): Recording {
  const { setup } = recording;
  const spare = { id: setup.servers.length + 1, term: 0, votedFor: 0, log: [], commit: 0, member: "none" as const };
  return { ...recording, setup: { ...setup, servers: [...setup.servers, spare] } };
}

/** Whether what came of both runs is the same. */
const isSame = ({ here, there }: Again): boolean => JSON.stringify(here) === JSON.stringify(there);

/** Sentences that are false there are marked; where the run is another, so are those that nobody has checked. */
function bookmarksOf({ bookmarks }: Recording, again: Again): Recording["bookmarks"] {
  if (!isSame(again)) return again.bookmarks;
  return bookmarks.map((step) => {
    const looked = again.bookmarks.find(({ at, label }) => at === step.at && label === step.label);
    return looked?.before === "false" ? looked : step;
  });
}

/** Opens the run with one machine more, at the moment that is shown. */
export async function addSpare(): Promise<void> {
  lab.pause();
  const [line, whole] = [await recorded("file"), await recorded("save")];
  const again = line === null ? null : await compare(withSpare(line));
  if (line === null || whole === null || again === null || whole.setup.servers.length >= limits.servers) return;
  // The state is another one, by the machine that is new.
  const { seen: _, ...view } = whole.view ?? { at: 0, select: "", speed: 1, play: false };
  const there = { ...withSpare(whole), bookmarks: bookmarksOf(line, again), view };
  lab.open({ from: "file", text: formatRecording(there) });
  const ready = `S${there.setup.servers.length} stands ready, with an empty disk.`;
  session.notify(
    isSame(again)
      ? `${ready} All else is as it was.`
      : `${ready} Chance falls otherwise among more machines: this is another run.`,
  );
}

async function recorded(as: "file" | "save"): Promise<Recording | null> {
  const text = await session.share(as);
  const read = text === null ? null : parseRecording(text);
  return read?.ok ? read.value : null;
}
