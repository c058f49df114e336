/** A fragment as links have it, or the beginning of one that was cut off. */
const fragmentStart = /^\d{1,6}\.\d{1,6}\.[0-9a-f]{0,16}(\.[0-9a-f]{0,8}(\.[\w-]*)?)?$/;

/** A scenario by its name, at a moment, or a list of scenarios (`address.ts`). */
const momentStart = /^(?:[a-z][a-z0-9-]*@\d|play=[a-z])/;

/**
 * The fragment of a link that somebody has written or copied: whole, without its scheme ("localhost:4173/#…",
 * "index.html#…"), or only what comes after "#". Null if the text is no such link.
 */
export function linkIn(text: string): string | null {
  const written = text.trim();
  if (fragmentStart.test(written) || momentStart.test(written)) return written;
  const [, before = "", fragment] = /^([^\s#{}"]*)#(\S*)$/.exec(written) ?? [];
  if (fragment === undefined) return null;
  const isAddress = before === "" || /^https?:/.test(before);
  return isAddress || fragmentStart.test(fragment) || momentStart.test(fragment) ? fragment : null;
}
