import { refName } from "../../scenario/names.ts";
import { lightPast, litMost } from "../../store/light-past.ts";
import { causesOf, lab, labState, whenLab } from "../../store/use-lab.ts";
import type { Item } from "./items.ts";

/** Goes to where it is to be seen, and lights what led to it, once it is there: another selection ends what is lit. */
export async function go({ event, ref, about }: Item): Promise<void> {
  const { info } = labState();
  if (ref === null) lab.visit(event);
  else lab.visitMessage(event, ref);
  const past = (await causesOf({ event: about, most: litMost }))?.events;
  const [found] = past ?? [];
  if (past === undefined || found === undefined) return;
  const message = ref === null ? null : refName(ref);
  whenLab(
    ({ frame, selection, info: now }) =>
      now !== info ||
      (frame?.position.event === event &&
        (message === null || (selection?.kind === "message" && selection.id === message))),
    () => labState().info === info && lightPast(`Lit is what led to this: ${found.sentence}`, past),
  );
}
