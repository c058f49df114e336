import type { ReactElement } from "react";
import { lab, usePanelLab } from "../../store/use-lab.ts";
import type { DirectedLink } from "../../world/state/messages.ts";
import { endName } from "../kit/words/words.ts";
import { WhyPart } from "./late.tsx";
import { OwnFaults } from "./own-faults.tsx";
import { type Fact, Facts, FoldedActions, Section } from "./parts.tsx";

/** One direction of a link: what is on it and what waits for it, and why it is cut; and how the other one stands. */
export function LinkPart({ link }: { readonly link: DirectedLink }): ReactElement {
  const [a, b] = link;
  const back: DirectedLink = [b, a];
  const group = usePanelLab("inspector", ({ frame }) => frame?.group ?? 1);
  const facts: readonly Fact[] = [[`${endName(b)} to ${endName(a)}`, useLinkState(back)]];
  return (
    <>
      <div className="inspector-top">
        <header className="inspector-head">
          <h2>
            {endName(a)} to {endName(b)}
          </h2>
          <p>each direction by itself</p>
        </header>
        <FoldedActions selection={{ kind: "link", link }} title="Act on it" />
      </div>
      <WhyPart about={{ kind: "link", link, group }} server={0} now="" />
      <OwnFaults of={{ link }} />
      <Section title="The other direction">
        <Facts facts={facts} />
        <button type="button" className="ui-link" onClick={() => lab.select({ kind: "link", link: back })}>
          Select {endName(b)} to {endName(a)}
        </button>
      </Section>
    </>
  );
}

function useLinkState([from, to]: DirectedLink): string {
  return usePanelLab("inspector", ({ frame }) => {
    const cut = frame?.cuts.some((one) => one[0] === from && one[1] === to) ?? false;
    const number =
      frame?.messages.filter((each) => each.from === from && each.to === to && each.group === frame.group).length ?? 0;
    return cut ? "cut" : number === 0 ? "open" : `open, ${number} on it`;
  });
}
