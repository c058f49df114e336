import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { limits } from "../../scenario/limits.ts";
import { page } from "../../store/page.ts";
import { type RunSettings, runSettings, toMicros, toMillis } from "../../store/run-settings.ts";
import { lab, useLab } from "../../store/use-lab.ts";
import { Choice } from "../kit/form/choice.tsx";
import { LimitField, MillisPair, NumberField } from "../kit/form/fields.tsx";
import { DialogFrame } from "../kit/form/frame.tsx";
import { FreshForm } from "./fresh.tsx";
import "../kit/form/form.css";

/** How the world behaves from now on, and a fresh world. Every change is an act of the recording. */
export function Settings() {
  const [settings, setSettings] = useState<RunSettings | null>(null);
  useEffect(() => {
    void runSettings().then(setSettings);
  }, []);
  return (
    <DialogFrame title="Settings" size="medium">
      <Section title="This run" note="Changes hold from this moment on and become part of the recording.">
        <RulesRow />
        <ModeRow />
        <LoadRow />
        {settings === null ? <p className="form-note">Reading the recording …</p> : <WorldForm settings={settings} />}
      </Section>
      <Section title="A fresh run" note="The same number of servers and the same seed give the same run, everywhere.">
        {settings !== null && <FreshForm settings={settings} />}
      </Section>
    </DialogFrame>
  );
}

function Section({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <section className="form-section">
      <h3 className="form-heading">{title}</h3>
      <p className="form-note">{note}</p>
      {children}
    </section>
  );
}

function RulesRow() {
  const off = useLab((state) => state.info?.bugs.length ?? 0);
  const words = off === 0 ? "every rule on" : off === 1 ? "one rule is off" : `${off} rules are off`;
  return (
    <div className="form-row">
      <span>Rules of Raft</span>
      <span className="form-inputs">
        {words}
        <button type="button" className="ui-link" onClick={() => page.openDialog("bugs")}>
          Switch rules off …
        </button>
      </span>
    </div>
  );
}

function ModeRow() {
  const mode = useLab((state) => state.frame?.mode ?? "automatic");
  return (
    <div className="form-row">
      <span>Messages</span>
      <Choice
        label="Messages"
        value={mode}
        onChange={(to) => lab.act({ do: "network", mode: to })}
        options={[
          ["automatic", "arrive by themselves"],
          ["manual", "wait for me"],
        ]}
      />
    </div>
  );
}

const loads = [0, 1, 5, 20, 100];

function LoadRow() {
  const perSecond = useLab((state) => state.frame?.loadPerSecond ?? 0);
  const options = loads.includes(perSecond) ? loads : [...loads, perSecond];
  return (
    <label className="form-row">
      <span>Client writes</span>
      <select
        className="ui-field"
        value={perSecond}
        onChange={(e) => lab.act({ do: "load", perSecond: Number(e.target.value) })}
      >
        {options.map((n) => (
          <option key={n} value={n}>
            {n === 0 ? "only what I send" : `${n} per second`}
          </option>
        ))}
      </select>
    </label>
  );
}

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
function WorldForm({ settings }: { readonly settings: RunSettings }) {
  const before = worldOf(settings);
  const [world, setWorld] = useState(before);
  const backwards = world.latency[0] > world.latency[1] || world.write[0] > world.write[1];
  const apply = (event: FormEvent) => {
    event.preventDefault();
    if (backwards) return;
    if (!same(world.write, before.write)) applyDisks(world);
    if (!same(linkValues(world), linkValues(before))) applyLinks(world);
    page.closeDialog();
  };
  return (
    <form onSubmit={apply}>
      <div className="form-row">
        <span>Latency</span>
        <MillisPair
          label="Latency"
          value={world.latency}
          min={0}
          onChange={(latency) => setWorld({ ...world, latency })}
        />
      </div>
      <Percent label="Lost" value={world.lossPercent} onChange={(lossPercent) => setWorld({ ...world, lossPercent })} />
      <Percent
        label="Duplicated"
        value={world.duplicatePercent}
        onChange={(duplicatePercent) => setWorld({ ...world, duplicatePercent })}
      />
      <div className="form-row">
        <span>Bandwidth</span>
        <span className="form-inputs">
          <LimitField
            label="Bandwidth of each link, in bytes a second"
            min={1}
            max={limits.bandwidth}
            none="no limit"
            value={world.bandwidth}
            onChange={(bandwidth) => setWorld({ ...world, bandwidth })}
          />
          <span className="form-unit">bytes a second</span>
        </span>
      </div>
      <div className="form-row">
        <span>Disk write</span>
        <MillisPair
          label="Disk write"
          value={world.write}
          min={0}
          onChange={(write) => setWorld({ ...world, write })}
        />
      </div>
      {backwards && <p className="form-problem">The first time of a range may not be longer than the second.</p>}
      <div className="form-buttons">
        <button type="submit" className="ui-button" disabled={backwards}>
          Apply from now on
        </button>
      </div>
    </form>
  );
}

const linkValues = (world: World) => [
  ...world.latency,
  world.lossPercent,
  world.duplicatePercent,
  world.bandwidth ?? 0,
];
const same = (a: readonly number[], b: readonly number[]) => a.every((value, i) => value === b[i]);

function Percent({ label, value, onChange }: { label: string; value: number; onChange(value: number): void }) {
  return (
    <div className="form-row">
      <span>{label}</span>
      <span className="form-inputs">
        <NumberField
          label={`${label}, percent of messages`}
          min={0}
          max={100}
          step={0.0001}
          value={value}
          onChange={onChange}
        />
        <span className="form-unit">% of messages</span>
      </span>
    </div>
  );
}
