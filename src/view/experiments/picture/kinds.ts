import type { ExperimentView } from "../../../worker/protocol/experiment.ts";
import type { Told } from "../told.ts";

export interface PictureProps {
  readonly view: ExperimentView;
  /** By setting. */
  readonly told: readonly Told[];
  readonly chosen: number;
  /** The run that is looked at. */
  readonly shown: { readonly setting: number; readonly seed: number } | null;
  readonly width: number;
  readonly height: number;
  /** What the picture says, in words. */
  readonly words: string;
  onChoose(setting: number): void;
  onShow(setting: number, seed: number): void;
}

type Kind = "curves" | "strips" | "shares" | "line" | "heat";

/** The values of the only factor where they are numbers: then they have places on an axis. */
export function numbersOf({ factors, json }: Pick<ExperimentView, "factors" | "json">): readonly number[] | null {
  const [factor] = (json["vary"] ?? []) as readonly { readonly to: readonly unknown[] }[];
  if (factors.length !== 1 || factor === undefined) return null;
  const numbers = factor.to.filter((value) => typeof value === "number");
  return numbers.length === factor.to.length && new Set(numbers).size === numbers.length ? numbers : null;
}

export function kindOf(view: ExperimentView): Kind {
  const { factors, measure } = view;
  if (factors.length === 2) return "heat";
  const isMoment = factors[0]?.set === "fromMs";
  if (
    (isMoment || measure.unit === "chance") &&
    factors.length === 1 &&
    factors[0]!.labels.length > 2 &&
    numbersOf(view) !== null
  )
    return "line";
  if (measure.unit === "chance") return "shares";
  return measure.unit === "time" ? "curves" : "strips";
}

/** What stands over a picture: what its axes are. */
export function captionOf(view: ExperimentView): string {
  const { measure, factors } = view;
  const named = factors.map(({ title }) => title);
  switch (kindOf(view)) {
    case "curves":
      return measure.what === "time"
        ? `share of runs, by ${measure.title} (log scale)`
        : `share of runs, by ${measure.title} in them (log scale)`;
    case "strips":
      return `${measure.title}: every dot is a run, the box holds the middle half`;
    case "shares":
      return `${measure.title}, with the interval of 95 % confidence`;
    case "line":
      return `${measure.unit === "chance" ? measure.title : `${measure.title}, half of the runs`}, by ${named[0]}; the band is the interval of 95 % confidence`;
    case "heat":
      return `${measure.unit === "chance" ? measure.title : `${measure.title}, half of the runs`}: a stronger shade is more`;
  }
}

/** Lines are told apart by dash and width; of the settings the last comes first. */
const lines = [
  { faint: false, dash: "", width: 2.2 },
  { faint: false, dash: "6 3.5", width: 1.8 },
  { faint: true, dash: "", width: 1.8 },
  { faint: true, dash: "6 3.5", width: 1.8 },
  { faint: false, dash: "1.5 4", width: 2.2 },
  { faint: true, dash: "1.5 4", width: 2 },
  { faint: false, dash: "10 3 2 3", width: 1.8 },
  { faint: true, dash: "10 3 2 3", width: 1.8 },
] as const;
export const lineOf = (setting: number, settings: number) => lines[(settings - 1 - setting) % lines.length]!;
