/**
 * Runs in the page. Pairs of things that cover each other, things outside the screen, and ways in which the page
 * scrolls, each as one line; empty if all is well.
 */
export function overlaps(): string[] {
  interface Thing {
    readonly name: string;
    readonly box: DOMRect;
  }
  const slack = 0.5;
  const problems: string[] = [];

  const seen = (element: Element): boolean => {
    const { width, height } = element.getBoundingClientRect();
    return width > 0 && height > 0 && getComputedStyle(element).visibility !== "hidden";
  };
  const words = (element: Element): string =>
    (element.getAttribute("aria-label") ?? element.textContent ?? "").replaceAll(/\s+/g, " ").slice(0, 40);
  const called = (element: Element): string => `${element.classList[0] ?? element.tagName} "${words(element)}"`;
  const things = (selector: string): Thing[] =>
    [...document.querySelectorAll(selector)]
      .filter(seen)
      .map((element) => ({ name: called(element), box: element.getBoundingClientRect() }));

  const apart = (a: DOMRect, b: DOMRect): boolean =>
    a.right <= b.left + slack || b.right <= a.left + slack || a.bottom <= b.top + slack || b.bottom <= a.top + slack;
  /** No two of these may cover each other. */
  const separate = (group: readonly Thing[]): void => {
    group.forEach((a, i) => {
      for (const b of group.slice(i + 1)) if (!apart(a.box, b.box)) problems.push(`${a.name} meets ${b.name}`);
    });
  };
  const onScreen = (group: readonly Thing[]): void => {
    for (const { name, box } of group) {
      const out =
        box.left < -slack || box.top < -slack || box.right > innerWidth + slack || box.bottom > innerHeight + slack;
      if (out) problems.push(`${name} leaves the screen`);
    }
  };

  const parts = [
    "header.header-bar",
    ".banner-row",
    ".app-stage",
    ".app-picture .bar-strip",
    ".sheet-root",
    ".side",
    ".transport",
  ];
  const panels = parts.flatMap(things);
  separate(panels);
  onScreen(panels);
  // Where there is little height, the acts are in the line of the tabs.
  separate([".sheet-tabs", ".sheet-tools > *", ".app-acts .bar-strip"].flatMap(things));

  const onStage = [
    ...things(".stage-backing"),
    ...things(".stage-label"),
    ...things(".stage-legend"),
    ...things(".stage-client > rect"),
    ...things(".stage-request"),
    ...things(".stage-hint"),
    ...things(".stage-note"),
  ];
  separate(onStage);
  onScreen(onStage);

  for (const bar of ["header.header-bar", ".bar-strip", ".transport-bar"]) {
    const controls = things(`${bar} button, ${bar} .header-line, ${bar} .bar-hint, ${bar} .transport-time`);
    const outer = controls.filter(({ box }) => !controls.some((c) => c.box !== box && holds(c.box, box)));
    separate(outer);
    onScreen(outer);
  }
  function holds(a: DOMRect, b: DOMRect): boolean {
    return a.left <= b.left && a.top <= b.top && a.right >= b.right && a.bottom >= b.bottom;
  }

  // No text of a control is cut off.
  for (const control of document.querySelectorAll("header button, .bar-strip button, .transport button, [role=tab]")) {
    if (
      seen(control) &&
      control.scrollWidth > control.clientWidth + 1 &&
      getComputedStyle(control).overflow !== "hidden"
    )
      problems.push(`the words of "${words(control)}" do not fit`);
  }

  const page = document.scrollingElement ?? document.documentElement;
  if (page.scrollWidth > innerWidth || page.scrollHeight > innerHeight) problems.push("the page scrolls");
  return problems;
}
