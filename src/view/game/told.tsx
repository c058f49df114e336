import { ArrowRight, Play, Share } from "lucide-react";
import type { ReactElement } from "react";
import { openGame } from "../../store/game/open.ts";
import { type GameProgress, pointsMost, pointsOf, useGameProgress } from "../../store/game/progress.ts";
import { anotherRound, fewestIn, mistakeOf } from "../../store/game/rounds.ts";
import { useScore } from "../../store/game/use-game.ts";
import { share } from "../../store/sharing.ts";
import { lab, useLab } from "../../store/use-lab.ts";
import type { GameView } from "../../worker/protocol/game.ts";
import { Worded } from "../kit/worded/worded.tsx";
import { formatTime } from "../kit/words/time.ts";
import { citation } from "../kit/words/words.ts";
import { Acts, counted, Outside } from "./parts.tsx";

const icon = { size: 15, strokeWidth: 1.8, "aria-hidden": true } as const;

interface Props {
  readonly round: number;
  readonly as: GameView["as"];
}
/** Which rule it was, where it was broken, and how few acts are enough. */
export function Told({ round, as }: Props): ReactElement {
  const score = useScore();
  const progress = useGameProgress();
  const end = useLab(({ frame }) => frame?.end.at ?? 0);
  const here = useLab(({ frame }) => frame?.position.at ?? 0);
  const { title, changed, effect, section } = mistakeOf(round);
  const departed = score?.departed ?? null;
  const shortest = as === "shortest";
  const own = progress.rounds[round];
  return (
    <>
      <h3 className="game-title">{title}</h3>
      <p className="game-text">
        <Worded text={`${changed} ${effect}`} /> <small>{citation(section)}</small>
      </p>
      {!shortest && own !== undefined && (
        <p className="game-points" role="status">
          Your best in this round: <b>{counted(pointsOf(own, fewestIn(round)), "point")}</b> of {pointsMost}, for{" "}
          {counted(own.acts, "act")} where {fewestIn(round)} {fewestIn(round) === 1 ? "is" : "are"} known to be enough,{" "}
          {own.helped
            ? "with a hint"
            : own.wrong === 0
              ? "named at once"
              : `named after ${counted(own.wrong, "wrong name")}`}
          .
        </p>
      )}
      <Outside />
      {departed !== null && (
        <p className="game-ask">
          <button type="button" className="ui-button" onClick={() => lab.visit(departed.event)}>
            Go to where the rule was first broken
          </button>
          <span className="ui-figures">{formatTime(departed.at)}</span>
        </p>
      )}
      <section aria-label="Acts">
        <h3 className="ui-heading">
          {shortest ? "The fewest acts that are known" : "The acts of this run, up to now"}
        </h3>
        {score !== null && score.acts.length === 0 && <p className="game-quiet">None yet.</p>}
        <Acts acts={score?.acts ?? []} />
      </section>
      <p className="game-ask">
        {shortest ? (
          <button
            type="button"
            className="ui-button"
            disabled={here >= end}
            onClick={() => lab.playTo(end, playMillis)}
          >
            <Play {...icon} />
            Play it
          </button>
        ) : (
          <button type="button" className="ui-button" onClick={() => openGame(round, "shortest")}>
            See the shortest way
          </button>
        )}
        <button type="button" className="ui-button" aria-haspopup="dialog" onClick={share}>
          <Share {...icon} />
          Share this run
        </button>
      </p>
      <p className="game-foot">
        <button
          type="button"
          className="ui-button ui-dark"
          onClick={() => openGame(anotherRound(progress, round, Math.random()))}
        >
          Another round
          <ArrowRight {...icon} />
        </button>
        <span className="game-quiet">{beatenWords(progress)}</span>
      </p>
    </>
  );
}
/** Milliseconds of wall time in which the shortest way is played. */
const playMillis = 12_000;

const beatenWords = ({ rounds }: GameProgress): string => {
  const beaten = Object.entries(rounds);
  const points = beaten.reduce((sum, [round, own]) => sum + pointsOf(own, fewestIn(Number(round))), 0);
  return `${counted(beaten.length, "round")} beaten, ${counted(points, "point")}`;
};
