import { gameWords } from "../../lesson/game/words.ts";
import { formatRecording, parseRecording } from "../../scenario/format.ts";
import { gameName } from "../../scenario/game-name.ts";
import { lab, session } from "../use-lab.ts";

/** The run that is shown, at its moment, as one in which it is known which rule is off. */
export async function lift(round: number): Promise<void> {
  const text = await session.share("save");
  const read = text === null ? null : parseRecording(text);
  if (!read?.ok) return;
  const [title, notes] = [gameWords.titles.named(round), gameWords.notes.named];
  lab.open({
    from: "file",
    text: formatRecording({ ...read.value, title, notes, preset: gameName({ round, as: "named" }) }),
  });
}
