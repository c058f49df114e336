import { bridge } from "./bridge.ts";
import { clock } from "./clock.ts";
import { corruptEntry } from "./corrupt-entry.ts";
import { crash } from "./crash.ts";
import { cut } from "./cut.ts";
import { delaySpike } from "./delay-spike.ts";
import type { Fault } from "./fault.ts";
import { flap } from "./flap.ts";
import { fullDisk } from "./full-disk.ts";
import { heal } from "./heal.ts";
import { isolate } from "./isolate.ts";
import { lose } from "./lose.ts";
import { lyingDisk } from "./lying-disk.ts";
import { mend } from "./mend.ts";
import { mendDisk } from "./mend-disk.ts";
import { narrow } from "./narrow.ts";
import { partition } from "./partition.ts";
import { pause } from "./pause.ts";
import { powerLoss } from "./power-loss.ts";
import { reorder } from "./reorder.ts";
import { repair } from "./repair.ts";
import { repeat } from "./repeat.ts";
import { restart } from "./restart.ts";
import { resume } from "./resume.ts";
import { ring } from "./ring.ts";
import { slowDisk } from "./slow-disk.ts";
import { stalledDisk } from "./stalled-disk.ts";

/**
 * Every fault, and what repairs them, by the name that its act has in a file. The engine, the format, the words, the
 * menus, nemeses and chance read this table: who adds a fault writes one file and its line here. The order is part of
 * the link format: new ones go to the end.
 */
export const faults = {
  crash,
  restart,
  pause,
  resume,
  cut,
  mend,
  partition,
  heal,
  clock,
  powerLoss,
  slowDisk,
  stalledDisk,
  fullDisk,
  lyingDisk,
  corruptEntry,
  mendDisk,
  flap,
  isolate,
  ring,
  bridge,
  lose,
  repeat,
  reorder,
  delaySpike,
  narrow,
  repair,
} as const;

export type FaultName = keyof typeof faults;
type ActIn<F> = F extends Fault<infer A> ? A : never;
export type FaultAct = { [Name in FaultName]: ActIn<(typeof faults)[Name]> }[FaultName];

export const faultNames = Object.keys(faults) as readonly FaultName[];

export const isFault = (act: { readonly do: string }): act is FaultAct => Object.hasOwn(faults, act.do);

/** The row of an act. Every row takes its own kind of act only, which is what it gets. */
export const faultOf = (name: FaultName): Fault<FaultAct> => faults[name] as unknown as Fault<FaultAct>;
