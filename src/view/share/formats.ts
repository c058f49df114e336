import { useEffect, useState } from "react";
import { session } from "../../store/use-lab.ts";
import type { ExportFormat } from "../../worker/protocol/export.ts";

/** What the page itself draws, beside what the engine writes. */
const moments = [
  {
    name: "svg",
    title: "Picture",
    purpose: "This moment for a slide or a paper: sharp at any size, its text stays text.",
    ending: ".svg",
    told: true,
    group: "pictures",
  },
  {
    name: "png",
    title: "Picture in points",
    purpose: "The same, twice as fine as the screen, where no SVG is taken.",
    ending: ".png",
    told: true,
    group: "pictures",
  },
] as const satisfies readonly ExportFormat[];
const film: ExportFormat = {
  name: "webm",
  title: "Film",
  purpose: "The same as a video of at most 30 s, where no SVG is taken. It may take a minute to be made.",
  ending: ".webm",
  told: false,
  group: "pictures",
};

export const groupTitles: Readonly<Record<ExportFormat["group"], string>> = {
  pictures: "Pictures and films",
  people: "To read and to count",
  viewers: "For programs that show runs",
  judges: "For programs that judge runs",
};
export const groups = Object.keys(groupTitles) as readonly ExportFormat["group"][];

/** Every format, in the order in which they are offered; of a run that another program told of, those that it can have. */
export function useFormats(isTold: boolean): readonly ExportFormat[] {
  const [written, setWritten] = useState<readonly ExportFormat[]>([]);
  useEffect(() => {
    void session.formats({}).then((answer) => setWritten(answer?.formats ?? []));
  }, []);
  return [...moments, ...written, film].filter((format) => format.told || !isTold);
}
