import { failure, type Result, success } from "../base/result.ts";
import type { ToldRun } from "../exchange/in/told.ts";
import type { Exporter } from "../exchange/out/exporter.ts";
import { exporters } from "../exchange/out/index.ts";
import { toldWriters } from "../exchange/out/told/index.ts";
import type { History } from "../history/history.ts";
import type { Work } from "../history/work.ts";
import { fileStem } from "../scenario/file-name.ts";
import { didYouMean } from "../scenario/nearest.ts";
import type { InputProblem } from "../scenario/recording.ts";
import type { ExportAsk, Exported, ExportFormat } from "./protocol/export.ts";

/** Every format there is. */
export const formats = (): readonly ExportFormat[] =>
  exporters.map(({ name, title, purpose, group, ending }) => {
    return { name, title, purpose, group, ending, told: name in toldWriters };
  });

/** A stretch of the present branch in another program's format. */
export function* exported(run: History, title: string, ask: ExportAsk): Work<Result<Exported, InputProblem>> {
  const format = exporters.find(({ name }) => name === ask.as);
  if (format === undefined) return unknownFormat(ask.as, exporters);
  return success({ ...(yield* format.write(run, ask)), ...fileOf(format, title) });
}

/** The same of a run that another program told of, in one of the formats that need no more than what was told. */
export function* exportedTold(run: ToldRun, ask: ExportAsk): Work<Result<Exported, InputProblem>> {
  const able = exporters.filter(({ name }) => name in toldWriters);
  const format = able.find(({ name }) => name === ask.as);
  if (format === undefined) return unknownFormat(ask.as, able);
  return success({ ...(yield* toldWriters[format.name]!(run, ask)), ...fileOf(format, run.title) });
}

const fileOf = ({ ending, type }: Exporter, title: string) => ({ name: `${fileStem(title)}${ending}`, type });

function unknownFormat(as: string, among: readonly Exporter[]): Result<Exported, InputProblem> {
  const names = among.map(({ name }) => name);
  const meant = didYouMean(as, names) || `: there is ${names.join(", ")}`;
  return failure({ field: "as", message: `there is no format ${as}${meant}` });
}
