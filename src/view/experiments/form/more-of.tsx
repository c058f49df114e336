import { Plus } from "lucide-react";
import type { ReactElement } from "react";

export interface MoreGroup {
  /** "": no heading. */
  readonly title: string;
  readonly options: readonly string[];
}
interface Props {
  readonly label: string;
  /** What it says while it is closed. */
  readonly text: string;
  readonly groups: readonly MoreGroup[];
  /** The number of the option, counted through all groups. */
  onChoose(at: number, from: HTMLSelectElement): void;
}

/** One more of a list, chosen from all that there are. */
export function MoreOf({ label, text, groups, onChoose }: Props): ReactElement {
  let at = 0;
  return (
    <span className="exp-more-of">
      <Plus size={13} strokeWidth={1.8} aria-hidden="true" />
      <span aria-hidden="true">{text}</span>
      <select
        aria-label={label}
        data-kept=""
        value=""
        onChange={(event) => onChoose(Number(event.target.value), event.currentTarget)}
      >
        <option value="" disabled>
          {text}
        </option>
        {groups.map(({ title, options }) => {
          const own = options.map((option) => (
            <option key={`${title} ${option}`} value={at++}>
              {option}
            </option>
          ));
          return title === "" ? (
            own
          ) : (
            <optgroup key={title} label={title}>
              {own}
            </optgroup>
          );
        })}
      </select>
    </span>
  );
}
