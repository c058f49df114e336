import type { ReactElement } from "react";

/**
 * The leader's mark: 24 wide, 17 high around its own centre line, standing on y = 0. Filled with the current colour.
 * `CrownPath` goes inside another drawing, `Crown` stands alone.
 */
export function CrownPath(): ReactElement {
  return <path d="M-11 0 -13 -12 -5.5 -6.5 0 -15 5.5 -6.5 13 -12 11 0Z" fill="currentColor" />;
}

export function Crown({ size = 16 }: { readonly size?: number }): ReactElement {
  return (
    <svg viewBox="-13 -15.5 26 16" width={size} height={(size * 16) / 26} aria-hidden="true" focusable="false">
      <CrownPath />
    </svg>
  );
}
