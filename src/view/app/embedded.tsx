import type { ReactElement } from "react";
import type { EmbedPart } from "../../store/embed.ts";
import { Beside } from "./beside.tsx";
import { Place } from "./boxes.tsx";
import { contents } from "./panes.tsx";
import "./embedded.css";

interface Props {
  readonly parts: readonly EmbedPart[];
  readonly picture: HTMLElement;
}

/** In a frame of another page: the picture, logs and diagram, those that it wants; beside each other where it is wide. */
export function Embedded({ parts, picture }: Props): ReactElement {
  return (
    <div className="embedded" data-parts={parts.filter((part) => part !== "story" && part !== "controls").length}>
      {parts.includes("stage") && (
        <div className="embedded-picture">
          <Place box={picture} />
        </div>
      )}
      {(["logs", "diagram"] as const)
        .filter((part) => parts.includes(part))
        .map((part) => {
          const Content = contents[part];
          return (
            <div className="embedded-pane" key={part}>
              <Beside name={part}>
                <Content />
              </Beside>
            </div>
          );
        })}
    </div>
  );
}
