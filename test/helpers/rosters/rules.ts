// The table of docs/PROTOCOL.md, "Who may say what", as stories: one for each rule and each attack.
// Everybody has read everything unless its story says that it `knows` less.

import { ACCUSING } from './rules/accusing.ts'
import { ADDING } from './rules/adding.ts'
import { FLOODING } from './rules/flooding.ts'
import { KNOWING } from './rules/knowing.ts'
import { REINSTATING } from './rules/reinstating.ts'
import { SECONDING } from './rules/seconding.ts'
import { SEIZING } from './rules/seizing.ts'

/** Each rule in plain words, and its story. */
export const RULES: [rule: string, story: string][] = [
  ADDING,
  ACCUSING,
  SECONDING,
  KNOWING,
  REINSTATING,
  FLOODING,
  SEIZING
].flatMap((rules) => Object.entries(rules))
