/**
 * Shows on the stage what is meant elsewhere on the page: the mark of that name ("S2", "S1>S3#4") is outlined; null:
 * none. Written past React: it changes with every movement of the mouse and nothing else depends on it.
 */
export function pointAt(pick: string | null): void {
  for (const mark of document.querySelectorAll(".stage-picture [data-pointed]")) mark.removeAttribute("data-pointed");
  if (pick === null) return;
  document
    .querySelector(`.stage-picture [role="button"][data-pick="${CSS.escape(pick)}"]`)
    ?.setAttribute("data-pointed", "");
}
