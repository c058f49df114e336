import type { ReactElement } from "react";
import { usePanelLab } from "../../store/use-lab.ts";
import type { DirectedLink } from "../../world/state/messages.ts";
import { endName } from "../kit/words/words.ts";
import { OwnFaults } from "./own-faults.tsx";
import { Actions, type Fact, Facts, Section } from "./parts.tsx";

/** One link: whether each direction is up, and what is under way on it. */
export function LinkPart({ link }: { readonly link: DirectedLink }): ReactElement {
  const [a, b] = link;
  const back: DirectedLink = [b, a];
  const states = [useLinkState(link), useLinkState(back)] as const;
  const facts: readonly Fact[] = [
    [`${endName(a)} to ${endName(b)}`, states[0]],
    [`${endName(b)} to ${endName(a)}`, states[1]],
  ];
  return (
    <>
      <header className="inspector-head">
        <h2>
          {endName(a)} – {endName(b)}
        </h2>
        <p>Each direction of a link is up or cut by itself.</p>
      </header>
      <Actions selection={{ kind: "link", link }} />
      <OwnFaults of={{ link }} />
      <Section title="Directions">
        <Facts facts={facts} />
      </Section>
    </>
  );
}

function useLinkState([from, to]: DirectedLink): string {
  return usePanelLab("inspector", ({ frame }) => {
    const cut = frame?.cuts.some((one) => one[0] === from && one[1] === to) ?? false;
    const number = frame?.messages.filter((message) => message.from === from && message.to === to).length ?? 0;
    return cut ? "cut" : number === 0 ? "up" : `up, ${number} under way`;
  });
}
