import { lab, labState, session, whenLab } from "./use-lab.ts";

/** Nothing that Driftwood saves comes near this many bytes; more is refused before it is read. */
const fileBytesMax = 4 * 1024 * 1024;

/** "two-leaders-at-once" */
function fileStem(title: string): string {
  const words = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return words.slice(0, 60) || "run";
}

/** Hands the recording to the browser as a download. */
export async function saveFile(): Promise<void> {
  const text = await session.share("file");
  if (text === null) return session.notify("The file could not be made. Try again in a moment.", "error");
  handOver(text, "application/json", ".raft.json");
}

/** As `saveFile`, of a picture. */
export const savePicture = (svg: string): void => handOver(svg, "image/svg+xml", ".svg");
/** As `savePicture`, in points. */
export const saveImage = (png: Blob): void => handOver(png, "image/png", ".png");

/** The file is called after the run. */
function handOver(content: string | Blob, type: string, ending: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${fileStem(labState().info?.title ?? "")}${ending}`;
  link.click();
  // The download has taken its own reference by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Opens the run in a file; what is wrong with it arrives as `LabState.problem`. */
export async function openFile(file: File): Promise<void> {
  if (file.size > fileBytesMax) return refuseSize("file");
  try {
    lab.open({ from: "file", text: await file.text() });
  } catch {
    session.refuse({ field: "file", message: "it could not be read" });
  }
}

/** As `openFile`, of what was copied: a file, a recording's text, or a link. */
export function openPasted({ files, text }: { readonly files: ArrayLike<File>; readonly text: string }): void {
  const [file] = Array.from(files);
  if (file !== undefined) return void openFile(file);
  if (text.length > fileBytesMax) return refuseSize("text");
  lab.open({ from: "file", text });
}

const refuseSize = (field: string): void =>
  session.refuse({ field, message: `it is larger than ${fileBytesMax} bytes` });

/** An element of the page itself: it is there before any script, and as long as its chooser may be open. */
const fileInput = () => document.querySelector<HTMLInputElement>("#file-input");

/** Lets the user pick a file. Call it within a gesture: browsers open their chooser only then. */
export function pickFile(): void {
  fileInput()?.click();
}

/** Opens what the user picks, or has picked before this was called. Call once. */
export function openPickedFiles(): void {
  const input = fileInput();
  const open = () => {
    const file = input?.files?.[0];
    if (input === null || file === undefined) return;
    whenLab(
      ({ status }) => status !== "starting",
      () => void openFile(file),
    );
    // The same file may be picked again.
    input.value = "";
  };
  input?.addEventListener("change", open);
  open();
}
