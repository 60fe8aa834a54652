// How a rule is written: what is broken now, a sentence each; nothing where it holds.

import type { World } from '../world.ts'

export type Rule = (world: World) => string[] | Promise<string[]>
