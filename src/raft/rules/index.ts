import { clientsRules } from "./clients.ts";
import { commitmentRules } from "./commitment.ts";
import { diskRules } from "./disk.ts";
import { logRules } from "./log.ts";
import { membershipRules } from "./membership.ts";
import { readsRules } from "./reads.ts";
import { snapshotsRules } from "./snapshots.ts";
import { termsRules } from "./terms.ts";
import { transferRules } from "./transfer.ts";
import { votesRules } from "./votes.ts";

/** Every rule, by the name that decisions give it. Who adds one writes it in the file of its section. */
export const rules = {
  ...termsRules,
  ...votesRules,
  ...logRules,
  ...commitmentRules,
  ...diskRules,
  ...clientsRules,
  ...readsRules,
  ...snapshotsRules,
  ...membershipRules,
  ...transferRules,
} as const;

export type Rules = { readonly [Name in keyof typeof rules]: (typeof rules)[Name] };
export type RuleName = keyof Rules;
