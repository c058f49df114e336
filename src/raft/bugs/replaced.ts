import type { RuleName, Rules } from "../rules.ts";

/** What is asked instead of a rule, or rarely of two. */
export type Replaced = { readonly [Name in RuleName]?: Rules[Name]["ask"] };
