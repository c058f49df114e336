/** A length as one says it: "320 bytes", "1.2 kB", "34 MB". */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${rounded(bytes / 1000)} kB`;
  return `${rounded(bytes / 1_000_000)} MB`;
}

const rounded = (value: number): string => (value < 10 ? value.toFixed(1) : String(Math.round(value)));
