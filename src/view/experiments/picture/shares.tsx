import { scaleLinear } from "d3";
import type { ReactElement } from "react";
import { valueText } from "../../../experiment/words.ts";
import type { Told } from "../told.ts";
import { type Extent, grownFromZero } from "./axis.ts";
import type { PictureProps } from "./kinds.ts";
import { Mark, MarkedPicture } from "./mark.tsx";
import { rowIn } from "./rows.ts";
import { useExtent } from "./use-extent.ts";

const margin = { left: 16, right: 30, top: 8, bottom: 32 } as const;
const letter = 7.2;
/** With fewer runs of each an interval says too little for an axis. */
const enough = 40;

/** From nothing to what the intervals reach, once they say something; before, the whole. */
export function shareExtent(told: readonly Told[], runs: number, before: Extent | null): Extent | null {
  if (!told.every(({ summary }) => summary.n >= Math.min(enough, runs))) return null;
  const most = Math.max(0.01, ...told.map(({ summary }) => summary.chance?.high ?? 0));
  const { to } = grownFromZero(before, most);
  return { from: 0, to: Math.min(1, to) };
}

/** A probability for each setting, and between what it lies. */
export function Shares({ view, told, chosen, width, height, words, onChoose }: PictureProps): ReactElement {
  const { settings, runs } = view;
  const left = margin.left + Math.max(...settings.map(({ label }) => Math.max(1, label.length))) * letter;
  const row = rowIn(view, height - margin.top - margin.bottom);
  const bottom = margin.top + row * settings.length;
  const extent = useExtent(view.text, { from: 0, to: 1 }, (before) => shareExtent(told, runs, before));
  const x = scaleLinear([extent.from, extent.to], [left, Math.max(left + 60, width - margin.right)]);
  const inside = (share: number): number => x(Math.min(extent.to, share));
  return (
    <MarkedPicture {...{ width, height, words }}>
      {x.ticks(Math.max(2, Math.floor(width / 130))).map((tick) => (
        <g key={tick}>
          <path className={tick === 0 ? "exp-base" : "exp-grid"} d={`M${x(tick)} ${margin.top}V${bottom}`} />
          <text className="exp-tick" x={x(tick)} y={bottom + 20} textAnchor="middle">
            {valueText(tick, "share")}
          </text>
        </g>
      ))}
      {told.map(({ summary: { chance, n } }, setting) => {
        const { label } = settings[setting]!;
        const y = margin.top + (setting + 0.5) * row;
        const said =
          chance === null
            ? "not known yet"
            : `${chance.yes} of ${n} runs, ${valueText(chance.share, "chance")}, between ${valueText(chance.low, "chance")} and ${valueText(chance.high, "chance")}`;
        const choose = (): void => onChoose(setting);
        return (
          <Mark
            // biome-ignore lint/suspicious/noArrayIndexKey: a setting is its place
            key={setting}
            className="exp-share"
            on={setting === chosen}
            label={`${label || "every run"}: ${said}`}
            row={1}
            press={choose}
          >
            <title>{said}</title>
            <rect className="exp-hit" x={0} y={y - row / 2} width={width} height={row} />
            <text className="exp-label" x={left - 14} y={y + 4} textAnchor="end">
              {label}
            </text>
            {chance !== null && (
              <>
                <path
                  className="exp-interval"
                  d={`M${x(chance.low)} ${y}H${inside(chance.high)}M${x(chance.low)} ${y - 5}v10M${inside(chance.high)} ${y - 5}v10`}
                />
                <circle className="exp-point" cx={x(chance.share)} cy={y} r={5} />
                <text className="exp-label" x={x(chance.share)} y={y - 11} textAnchor="middle">
                  {valueText(chance.share, "chance")}
                </text>
              </>
            )}
          </Mark>
        );
      })}
    </MarkedPicture>
  );
}
