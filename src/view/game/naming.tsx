import type { ReactElement } from "react";
import { nowIn, useGameProgress } from "../../store/game/progress.ts";
import { fewestIn, namesFor } from "../../store/game/rounds.ts";
import { nameIt } from "../../store/game/use-game.ts";
import type { ViolationView } from "../../worker/protocol/frame.ts";
import { formatTime } from "../kit/words/time.ts";
import { counted } from "./parts.tsx";

interface Props {
  readonly round: number;
  readonly fallen: ViolationView;
  readonly acts: number;
}
/** A promise has fallen: why? */
export function Naming({ round, fallen, acts }: Props): ReactElement {
  const { wrong } = nowIn(useGameProgress(), round);
  const { property, detail, at } = fallen;
  return (
    <section aria-label="Name the rule">
      <p className="game-fell" role="status">
        <b>
          “{property}” falls, with {counted(acts, "act")}.
        </b>{" "}
        {detail}, at {formatTime(at)}. The fewest that are known: {fewestIn(round)}.
      </p>
      <h3 className="ui-heading">Which mistake is in this Raft?</h3>
      <ul className="game-names">
        {namesFor(round).map(({ name, title, changed }) => {
          const tried = wrong.includes(name);
          return (
            <li key={name}>
              <button type="button" disabled={tried} onClick={() => nameIt(round, name, acts)}>
                <b>{title}</b>
                <span>{tried ? "No, it is not this one." : changed}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
