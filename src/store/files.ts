import { withPart } from "./parts.ts";
import { whenLab } from "./use-lab.ts";

/** An element of the page itself: it is there before any script, and as long as its chooser may be open. */
const fileInput = () => document.querySelector<HTMLInputElement>("#file-input");

/** Lets the user pick a file. Call it within a gesture: browsers open their chooser only then. */
export function pickFile(): void {
  fileInput()?.click();
}

/** Opens what the user picks, or drops (public/early.js), then or before this was called. Call once. */
export function openPickedFiles(): void {
  const input = fileInput();
  const open = () => {
    const files = Array.from(input?.files ?? []);
    if (input === null || files.length === 0) return;
    whenLab(
      ({ status }) => status !== "starting",
      () =>
        void withPart(
          "reader of files",
          () => import("./given.ts"),
          ({ openFiles }) => openFiles(files),
        ),
    );
    // The same file may be picked again.
    input.value = "";
  };
  input?.addEventListener("change", open);
  open();
}
