import { useLayoutEffect, useState } from "react";
import { openPasted } from "../../store/given.ts";
import "./file-drop.css";

const carriesFile = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

/** Who takes a paste for itself: fields, and whatever lies over the page. */
const takers = "input, textarea, select, [contenteditable], [role=dialog], [role=menu]";

/** What was copied, unless somebody else takes it or there is nothing of ours in it. */
function paste(event: ClipboardEvent): void {
  const { target, clipboardData } = event;
  if (clipboardData === null || (target instanceof Element && target.closest(takers) !== null)) return;
  const { files } = clipboardData;
  const text = clipboardData.getData("text/plain");
  if (files.length === 0 && text.trim() === "") return;
  event.preventDefault();
  openPasted({ files, text });
}

/** Says that files may be dropped anywhere on the page, which public/early.js takes; and opens what is pasted. */
export function FileDrop() {
  const [over, setOver] = useState(false);
  // Before it is painted: what is dropped on a page that looks ready must not be lost.
  useLayoutEffect(() => {
    const enter = (event: DragEvent) => setOver(carriesFile(event));
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = () => setOver(false);
    window.addEventListener("dragover", enter);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", drop);
    window.addEventListener("paste", paste);
    return () => {
      window.removeEventListener("dragover", enter);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", drop);
      window.removeEventListener("paste", paste);
    };
  }, []);
  return over ? <div className="drop-veil">Drop a recording, or logs of another Raft, to open them</div> : null;
}
