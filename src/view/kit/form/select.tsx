import type { ReactElement, ReactNode } from "react";

/** What is chosen, and what it is called. */
export type Option<T> = readonly [value: T, text: ReactNode];

interface Props<T extends string | number> {
  /** Where no label stands around it. */
  readonly label?: string;
  readonly value: T;
  readonly options?: readonly Option<T>[];
  /** More of them below, under headings. */
  readonly groups?: readonly { readonly title: string; readonly options: readonly Option<T>[] }[];
  /** Beside that of every field. */
  readonly className?: string;
  onChange(value: T): void;
}

/** One of many, in a list that opens. */
export function Select<T extends string | number>(props: Props<T>): ReactElement {
  const { label, value, options = [], groups = [], className, onChange } = props;
  const all = [...options, ...groups.flatMap((group) => group.options)];
  const choose = (text: string): void => {
    const chosen = all.find(([each]) => String(each) === text);
    if (chosen !== undefined) onChange(chosen[0]);
  };
  return (
    <select
      className={className === undefined ? "ui-field" : `ui-field ${className}`}
      aria-label={label}
      value={value}
      onChange={(event) => choose(event.target.value)}
    >
      {options.map(optionRow)}
      {groups.map((group) => (
        <optgroup key={group.title} label={group.title}>
          {group.options.map(optionRow)}
        </optgroup>
      ))}
    </select>
  );
}

const optionRow = <T extends string | number>([value, text]: Option<T>): ReactElement => (
  <option key={value} value={value}>
    {text}
  </option>
);

/** S1, S2 …, as a list offers them. */
export const serverOptions = (servers: readonly number[]): readonly Option<number>[] =>
  servers.map((id) => [id, `S${id}`]);

/** Raft group 1, 2 … of so many. */
export const groupOptions = (count: number): readonly Option<number>[] =>
  Array.from({ length: count }, (_, place) => [place + 1, String(place + 1)]);
