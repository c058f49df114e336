import { X } from "lucide-react";
import { type ReactElement, useEffect } from "react";
import { leaveGame } from "../../store/game/open.ts";
import { recallGame } from "../../store/game/progress.ts";
import { useLab } from "../../store/use-lab.ts";
import { IconButton } from "../kit/icon-button.tsx";
import { Free } from "./free.tsx";
import { Round } from "./round.tsx";
import { Told } from "./told.tsx";
import "./game.css";

/** The run of the game that is open. */
export function Game(): ReactElement | null {
  const game = useLab(({ info }) => info?.game);
  useEffect(() => void recallGame(), []);
  if (game === undefined) return null;
  const { round, as, of } = game;
  return (
    <div className="game" key={`${round} ${as}`}>
      <header className="game-head">
        <h2 className="game-name">Beat Raft</h2>
        <span>{round === 0 ? "every rule on" : `round ${round} of ${of}`}</span>
        <IconButton icon={X} label="Leave the game" onClick={leaveGame} />
      </header>
      {round === 0 ? <Free /> : as === "play" ? <Round round={round} /> : <Told round={round} as={as} />}
    </div>
  );
}
