import { fileStem } from "../scenario/file-name.ts";
import type { ExportAsk, Exported } from "../worker/protocol/export.ts";
import { labState, session } from "./use-lab.ts";

/** Hands the recording to the browser as a download. */
export async function saveFile(): Promise<void> {
  const text = await session.share("file");
  if (text === null) return session.notify("The file could not be made. Try again in a moment.", "error");
  const told = labState().info?.told;
  if (told === undefined) handOver(text, "application/json", ".raft.json");
  // One file is given back as it was; several are one file then.
  else handOver(text, "text/plain", told.files.length === 1 ? ".log" : ".logs.json");
}

/** As `saveFile`, of a picture. */
export const savePicture = (svg: string): void => handOver(svg, "image/svg+xml", ".svg");
/** As `savePicture`, in points. */
export const saveImage = (png: Blob): void => handOver(png, "image/png", ".png");

/** As `saveImage`, of a film. */
export const saveFilm = (film: Blob): void => handOver(film, "video/webm", ".webm");

/** A stretch of the run in another program's format, handed to the browser as a download; what had to be left out is said. */
export async function saveExport(ask: ExportAsk): Promise<void> {
  const made = await session.export(ask);
  if (made === null) return;
  saveExported(made);
  if (made.cut !== "") session.notify(made.cut);
}

export const saveExported = ({ text, type, name }: Omit<Exported, "cut">): void => download(text, type, name);

/** The file is called after the run. */
const handOver = (content: string | Blob, type: string, ending: string): void =>
  download(content, type, `${fileStem(labState().info?.title ?? "")}${ending}`);

function download(content: string | Blob, type: string, name: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken its own reference by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
