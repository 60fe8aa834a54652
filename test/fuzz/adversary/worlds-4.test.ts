// More of the worlds: see worlds-1.test.ts.

import { testAgain, testWorlds } from './worlds.ts'

testWorlds(3)
// what somebody had filmed who was cut off, and taken back, came to nobody
testAgain(63)
