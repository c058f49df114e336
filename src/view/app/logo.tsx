/** Three logs, adrift: the middle one has the colour of a term. Decorative. */
export function Logo() {
  return (
    <svg className="app-logo" viewBox="0 0 26 22" width="26" height="22" aria-hidden="true">
      <rect x="1" y="1" width="19" height="5" rx="2.5" fill="var(--ink)" />
      <rect x="5" y="8.5" width="20" height="5" rx="2.5" fill="var(--term-3)" />
      <rect x="1" y="16" width="19" height="5" rx="2.5" fill="var(--ink)" />
    </svg>
  );
}
