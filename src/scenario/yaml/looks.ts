/** Whether a text begins as YAML does where people write it in blocks: with a name and a colon, a list, or its marks. */
export const looksLikeYaml = (text: string): boolean =>
  /^\s*(---|%YAML|-\s|[\w-]+\s*:(\s|$))/.test(text.replace(/^\ufeff/, "").replace(/^\s*#.*$/gm, ""));
