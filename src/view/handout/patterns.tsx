import type { ReactElement } from "react";

/** What stands for the colours of six terms: lines in six ways, black on white. */
const forms = ["M0 0L8 8", "M0 8L8 0", "M0 4H8", "M4 0V8", "M0 0L8 8M0 8L8 0", "M0 4H8M4 0V8"];

/** `print-term-1` … `print-term-6`, by term as the colours are (`kit/term-fill.ts`). */
export function Patterns(): ReactElement {
  return (
    <svg className="handout-patterns" aria-hidden="true">
      <defs>
        {forms.map((d, at) => (
          <pattern key={d} id={`print-term-${at + 1}`} width={8} height={8} patternUnits="userSpaceOnUse">
            <rect width={8} height={8} fill="#fff" />
            <path d={d} stroke="#000" strokeWidth={1.3} fill="none" />
          </pattern>
        ))}
      </defs>
    </svg>
  );
}
