import * as v from "valibot";
import { unusualOptions } from "../check/unusual.ts";
import { profiles } from "../raft/options.ts";
import { type OptionName, optionNames, optionRows } from "./option-rows.ts";
import { type OptionValues, optionsSchema, withParts } from "./options.ts";

/**
 * What options as they are set give up that production refuses (`check/unusual.ts`), each beside its field. Nothing is
 * said of values that a file could not have: somebody is still typing.
 */
export function refusedOf(values: OptionValues): readonly { readonly option: OptionName; readonly text: string }[] {
  const read = v.safeParse(optionsSchema, values);
  if (!read.success) return [];
  return unusualOptions(withParts(read.output, profiles.paper)).flatMap(({ option: key, text }) => {
    const option = optionNames.find((name) => (optionRows[name].keys as readonly string[]).includes(key));
    return option === undefined ? [] : [{ option, text }];
  });
}
