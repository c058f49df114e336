import { BookA, Bug, GraduationCap, Layers, Settings2, Swords } from "lucide-react";
import { shownBugs } from "../../store/bugs.ts";
import { openGame } from "../../store/game/open.ts";
import { recallGame } from "../../store/game/progress.ts";
import { anotherRound } from "../../store/game/rounds.ts";
import { openLesson } from "../../store/lesson/open.ts";
import { shownGroups } from "../../store/options.ts";
import { page } from "../../store/page.ts";
import { loadPresets } from "../../store/presets.ts";
import { lab, session } from "../../store/use-lab.ts";
import { loadWords } from "../../store/words.ts";
import { citation } from "../kit/words/words.ts";
import type { Entry, EntryGroup } from "./find.ts";

const named = (value: string, items: readonly Omit<Entry, "value">[]): EntryGroup => ({
  value,
  items: items.map((item) => ({ ...item, value: `${value} ${item.label}` })),
  byName: true,
});

/** What is found by its name only: lessons, scenarios, options, rules that can be switched off, words. */
export async function namedGroups(): Promise<readonly EntryGroup[]> {
  const [presets, words, taught] = await Promise.all([loadPresets(), loadWords(), session.lessons({})]);
  return [
    named(
      "Lessons",
      (taught?.lessons ?? []).map(({ id, title, asks }) => ({
        label: title,
        about: `learn lesson ${asks}`,
        note: asks,
        icon: GraduationCap,
        run: () => openLesson(id),
      })),
    ),
    named("Beat Raft", [
      {
        label: "Beat Raft: every rule on",
        about: "game play try to break a promise",
        icon: Swords,
        run: () => openGame(0),
      },
      {
        label: "Beat Raft: one rule off",
        about: "game play round find name the rule",
        icon: Swords,
        run: () => openGame(anotherRound(recallGame(), 0, Math.random())),
      },
    ]),
    named(
      "Scenarios",
      presets.map(({ id, title, notes, group }) => ({
        label: title,
        about: `${group} ${notes}`,
        note: group,
        icon: Layers,
        run: () => lab.open({ from: "preset", id }),
      })),
    ),
    named(
      "Settings",
      shownGroups.flatMap(({ title: group, options }) =>
        options.map(({ name, title, text, section }) => ({
          label: title,
          about: `${group} ${name} ${text} ${citation(section)}`,
          note: group,
          icon: Settings2,
          run: () => page.openSetting(name),
        })),
      ),
    ),
    named(
      "Rules to switch off",
      shownBugs.flatMap(({ title: group, bugs }) =>
        bugs.map(({ name, title, changed, section }) => ({
          label: title,
          about: `rule bug ${group} ${name} ${changed} ${citation(section)}`,
          icon: Bug,
          run: () => page.openRule(name),
        })),
      ),
    ),
    named(
      "Words",
      words.map(({ id, word, forms, means }) => ({
        label: word,
        about: `${forms.join(" ")} ${means}`,
        note: means,
        icon: BookA,
        run: () => page.openWords(id),
      })),
    ),
  ];
}
