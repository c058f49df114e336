import type { ReactElement } from "react";
import type { ServerId } from "../../base/units.ts";
import { usePanelLab } from "../../store/use-lab.ts";
import type { ActiveFault } from "../../worker/protocol/faults.ts";
import type { DirectedLink } from "../../world/state/messages.ts";
import { FaultLine } from "../kit/faults/fault-line.tsx";

const none: readonly ActiveFault[] = [];

type Of = { readonly server: ServerId } | { readonly link: DirectedLink };

function isAbout({ targets }: ActiveFault, of: Of): boolean {
  return targets.some((target) => {
    if ("server" in of) return "server" in target && target.server === of.server;
    const [a, b] = of.link;
    return "link" in target && target.link.includes(a) && target.link.includes(b);
  });
}

/** What is wrong with one server or link right now; nothing if nothing is. */
export function OwnFaults({ of }: { readonly of: Of }): ReactElement | null {
  const faults = (usePanelLab("inspector", (state) => state.frame?.faults) ?? none).filter((fault) =>
    isAbout(fault, of),
  );
  if (faults.length === 0) return null;
  return (
    <section className="inspector-section">
      <h3 className="ui-heading">Faults</h3>
      <ul>
        {faults.map((fault) => (
          <FaultLine key={fault.id} fault={fault} />
        ))}
      </ul>
    </section>
  );
}
