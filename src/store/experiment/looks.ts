const json = /^\s*\{[^{}[\]]*"format"\s*:\s*"driftwood-(?:experiment|results)"/;
const yaml = /^format:\s*["']?driftwood-experiment\b/m;

/** Whether a file is an experiment, or what came of one: it says so among its first fields. */
export const isOfExperiment = (text: string): boolean =>
  json.test(text) || (!/^\s*[{[]/.test(text) && yaml.test(text.slice(0, 2000)));
