import { FolderOpen } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { pickFile } from "../../store/files.ts";
import { page } from "../../store/page.ts";
import { loadPresets, type PresetCard } from "../../store/presets.ts";
import { lab, useLab } from "../../store/use-lab.ts";
import { DialogFrame } from "../kit/form/frame.tsx";
import "./scenarios.css";

const forward = ["ArrowRight", "ArrowDown"];
const backward = ["ArrowLeft", "ArrowUp"];

/** Arrows, Home and End move among the cards. */
function roam(event: KeyboardEvent<HTMLElement>): void {
  const cards = [...event.currentTarget.querySelectorAll<HTMLElement>(".scenarios-card")];
  const at = cards.indexOf(document.activeElement as HTMLElement);
  const to = target(event.key, at, cards.length);
  if (at < 0 || to === at) return;
  event.preventDefault();
  cards[to]?.focus();
}

function target(key: string, at: number, count: number): number {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  if (forward.includes(key)) return Math.min(at + 1, count - 1);
  return backward.includes(key) ? Math.max(at - 1, 0) : at;
}

function choose(id: string): void {
  page.closeDialog();
  lab.open({ from: "preset", id });
}

/** Every preset with its title and what happens in it. */
export function Scenarios() {
  const [presets, setPresets] = useState<readonly PresetCard[]>([]);
  const current = useLab((state) => state.info?.preset ?? "");
  useEffect(() => {
    let gone = false;
    void loadPresets().then((loaded) => !gone && setPresets(loaded));
    return () => {
      gone = true;
    };
  }, []);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (presets.length === 0) return;
    const cards = list.current;
    (
      cards?.querySelector<HTMLElement>("[aria-current]") ?? cards?.querySelector<HTMLElement>(".scenarios-card")
    )?.focus();
  }, [presets]);
  return (
    <DialogFrame
      title="Scenarios"
      about="Each opens at the moment when it becomes interesting. Everything can be changed."
      size="large"
    >
      <ul ref={list} className="scenarios-list" onKeyDown={roam}>
        {presets.map((preset, i) => (
          <li key={preset.id}>
            <Card preset={preset} number={i + 1} current={preset.id === current} />
          </li>
        ))}
      </ul>
      <button type="button" className="ui-button scenarios-file" onClick={openOwn}>
        <FolderOpen size={16} strokeWidth={1.8} aria-hidden="true" />
        Open a file of your own
      </button>
    </DialogFrame>
  );
}

function openOwn(): void {
  page.closeDialog();
  pickFile();
}

function Card({ preset, number, current }: { preset: PresetCard; number: number; current: boolean }) {
  return (
    <button
      type="button"
      className="scenarios-card"
      aria-current={current || undefined}
      onClick={() => choose(preset.id)}
    >
      <span className="scenarios-number">{number}</span>
      <span className="scenarios-title">
        {preset.title}
        {current && <span className="scenarios-current">open now</span>}
      </span>
      <span className="scenarios-notes">{preset.notes}</span>
    </button>
  );
}
