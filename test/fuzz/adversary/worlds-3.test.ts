// More of the worlds: see worlds-1.test.ts.

import { testWorlds } from './worlds.ts'

testWorlds(2)
