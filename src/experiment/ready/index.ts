import { didYouMean } from "../../scenario/nearest.ts";
import { clients } from "./clients.ts";
import { elections } from "./elections.ts";
import type { ReadyExperiment } from "./ready.ts";
import { replication } from "./replication.ts";
import { targets } from "./targets.ts";

/** Experiments that are ready to be run, in the order in which they are shown. */
export const readyExperiments: readonly ReadyExperiment[] = [...elections, ...replication, ...clients, ...targets];

const ids = readyExperiments.map(({ id }) => id);

/** Why there is none of that name. */
export const noExperiment = (id: string): string =>
  `there is no experiment "${id}"${didYouMean(id, ids) || `: there is ${ids.join(", ")}`}`;
