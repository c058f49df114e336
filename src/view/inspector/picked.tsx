import type { ReactElement } from "react";
import type { Selection } from "../../store/lab.ts";
import { nameOf } from "../../store/server-names.ts";
import { selectionText } from "../../store/session/selection.ts";
import { usePanelLab } from "../../store/use-lab.ts";
import { endName } from "../kit/words/words.ts";
import { LifePart } from "./late.tsx";
import { LinkPart } from "./link-part.tsx";
import { MessagePart } from "./message-part.tsx";
import { Overview } from "./overview.tsx";
import { ServerPart } from "./server-part.tsx";
import { FrameWatch } from "./value.tsx";
import "./inspector.css";

/** What is selected, in full; else the cluster in short. */
export function Picked(): ReactElement {
  const selection = usePanelLab("inspector", (state) => state.selection);
  return (
    <div className="inspector">
      <FrameWatch />
      <Part selection={selection} />
    </div>
  );
}

export function pickedTitle(selection: Selection): string {
  if (selection === null) return "Cluster";
  if (selection.kind === "server") return `Server ${nameOf(selection.id)}`;
  if (selection.kind === "message") return "Message";
  if (selection.kind === "entry") return `Entry ${selection.index}`;
  if (selection.kind === "command") return `Command ${selection.number}`;
  if (selection.kind === "term") return `Term ${selection.term}`;
  return `Link ${endName(selection.link[0])} – ${endName(selection.link[1])}`;
}

function Part({ selection }: { readonly selection: Selection }): ReactElement {
  if (selection === null) return <Overview />;
  if (selection.kind === "server") return <ServerPart key={selection.id} id={selection.id} />;
  if (selection.kind === "message") return <MessagePart key={selection.id} id={selection.id} />;
  if (selection.kind === "link") return <LinkPart key={selection.link.join()} link={selection.link} />;
  return <LifePart key={selectionText(selection)} followed={selection} />;
}
