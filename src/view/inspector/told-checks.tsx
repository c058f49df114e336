import { Check, CircleMinus, X } from "lucide-react";
import type { ReactElement } from "react";
import { lab, usePanelLab } from "../../store/use-lab.ts";
import type { ToldCheck } from "../../worker/protocol/told.ts";

const signs = { held: Check, broken: X, untold: CircleMinus } as const;
const states = { held: "holds", broken: "broken", untold: "waived" } as const;
const spoken = { held: "held", broken: "broken", untold: "not told" } as const;
const titles = { broken: "Broken", held: "Held, as far as the log tells", untold: "Not told" } as const;

/** What the properties of Raft come to on a run that another program told of: over all of it, wherever one is. */
export function ToldChecks({ checks }: { readonly checks: readonly ToldCheck[] }): ReactElement {
  const broken = checks.filter(({ result }) => result === "broken").length;
  const held = checks.filter(({ result }) => result === "held").length;
  const headline =
    checks.length === 0 || (broken === 0 && held === 0)
      ? "Nothing can be checked"
      : broken === 0
        ? "Nothing in this log breaks a property"
        : `${broken === 1 ? "One property is" : `${broken} properties are`} broken`;
  return (
    <div className="inspector">
      <header className="inspector-head checks-head">
        <h2>{headline}</h2>
        <p>
          {checks.length === 0
            ? "This format tells too little of a server."
            : "The whole log was looked through, as far as its lines tell."}
        </p>
      </header>
      {(["broken", "held", "untold"] as const).map((result) => (
        <Part key={result} result={result} checks={checks.filter((each) => each.result === result)} />
      ))}
    </div>
  );
}

interface PartProps {
  readonly result: ToldCheck["result"];
  readonly checks: readonly ToldCheck[];
}
function Part({ result, checks }: PartProps): ReactElement | null {
  if (checks.length === 0) return null;
  return (
    <section className="checks-part" aria-label={titles[result]}>
      <div className="checks-title">
        <h3 className="ui-heading">{titles[result]}</h3>
      </div>
      {checks.map((check) => (
        <Row key={check.property} check={check} />
      ))}
    </section>
  );
}

function Row({ check: { property, result, text, event } }: { readonly check: ToldCheck }): ReactElement {
  const Sign = signs[result];
  const here = usePanelLab("inspector", ({ frame }) => event !== null && frame?.position.event === event + 1);
  return (
    <div className="checks-row" data-state={states[result]}>
      <Sign size={16} strokeWidth={1.8} role="img" aria-label={spoken[result]} />
      <p>
        <strong className="checks-name">{property}</strong>
        {text}{" "}
        {event === null || here ? null : (
          <button type="button" className="ui-link" onClick={() => lab.visit(event + 1)}>
            Go there
          </button>
        )}
      </p>
    </div>
  );
}
