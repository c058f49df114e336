import { type ReactElement, useState } from "react";
import { limits } from "../../scenario/limits.ts";
import { page } from "../../store/page.ts";
import { type RunSettings, toMicros, toMillis } from "../../store/run-settings.ts";
import { lab } from "../../store/use-lab.ts";
import { LimitField, MillisPair, NumberField } from "../kit/form/fields.tsx";
import { Form, FormRow } from "../kit/form/form.tsx";

/** What every link and disk does from now on. Times in milliseconds, bandwidth in bytes a second; null: no limit. */
interface World {
  readonly latency: readonly [number, number];
  readonly write: readonly [number, number];
  readonly lossPercent: number;
  readonly duplicatePercent: number;
  readonly bandwidth: number | null;
}

function worldOf({ link, disk }: RunSettings): World {
  return {
    latency: [toMillis(link.latencyMin), toMillis(link.latencyMax)],
    write: [toMillis(disk.writeMin), toMillis(disk.writeMax)],
    lossPercent: link.loss / 10_000,
    duplicatePercent: link.duplicate / 10_000,
    bandwidth: link.bandwidth,
  };
}

function applyLinks(world: World): void {
  const link = {
    latencyMin: toMicros(world.latency[0]),
    latencyMax: toMicros(world.latency[1]),
    loss: Math.round(world.lossPercent * 10_000),
    duplicate: Math.round(world.duplicatePercent * 10_000),
    bandwidth: world.bandwidth,
  };
  lab.act({ do: "network", link });
}

function applyDisks(world: World): void {
  lab.act({ do: "disk", disk: { writeMin: toMicros(world.write[0]), writeMax: toMicros(world.write[1]) } });
}

/** Latency, loss and duplication of every link, and every disk's speed. Only what differs is recorded. */
export function WorldForm({ settings }: { readonly settings: RunSettings }): ReactElement {
  const before = worldOf(settings);
  const [world, setWorld] = useState(before);
  const set = (part: Partial<World>): void => setWorld((old) => ({ ...old, ...part }));
  const backwards = world.latency[0] > world.latency[1] || world.write[0] > world.write[1];
  const apply = (): void => {
    if (backwards) return;
    if (!same(world.write, before.write)) applyDisks(world);
    if (!same(linkValues(world), linkValues(before))) applyLinks(world);
    page.closeDialog();
  };
  return (
    <Form verb="Apply from now on" plain problem={backwards ? backwardsText : ""} disabled={backwards} onSubmit={apply}>
      <FormRow title="Latency">
        <MillisPair label="Latency" value={world.latency} min={0} onChange={(latency) => set({ latency })} />
      </FormRow>
      <Percent label="Lost" value={world.lossPercent} onChange={(lossPercent) => set({ lossPercent })} />
      <Percent label="Duplicated" value={world.duplicatePercent} onChange={(to) => set({ duplicatePercent: to })} />
      <FormRow title="Bandwidth" unit="bytes a second">
        <LimitField
          label="Bandwidth of each link, in bytes a second"
          min={1}
          max={limits.bandwidth}
          none="no limit"
          value={world.bandwidth}
          onChange={(bandwidth) => set({ bandwidth })}
        />
      </FormRow>
      <FormRow title="Disk write">
        <MillisPair label="Disk write" value={world.write} min={0} onChange={(write) => set({ write })} />
      </FormRow>
    </Form>
  );
}

const backwardsText = "The first time of a range may not be longer than the second.";

const linkValues = (world: World) => [
  ...world.latency,
  world.lossPercent,
  world.duplicatePercent,
  world.bandwidth ?? 0,
];
const same = (a: readonly number[], b: readonly number[]) => a.every((value, i) => value === b[i]);

interface PercentProps {
  readonly label: string;
  readonly value: number;
  onChange(value: number): void;
}

function Percent({ label, ...field }: PercentProps): ReactElement {
  return (
    <FormRow title={label} unit="% of messages">
      <NumberField label={`${label}, percent of messages`} min={0} max={100} step="any" {...field} />
    </FormRow>
  );
}
