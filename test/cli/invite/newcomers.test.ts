import test from 'brittle'
import { isServed } from '../../../cli/invite/newcomers.ts'
import type { NewcomerFacts } from '../../../cli/invite/newcomers.ts'

const CASES: [rule: string, facts: NewcomerFacts, served: boolean][] = [
  ['who has not come yet is waited for', { here: false, hasHadAll: false, goneMs: null }, false],
  [
    'who is here and lacks some is waited for',
    { here: true, hasHadAll: false, goneMs: null },
    false
  ],
  ['who is here and has all is served', { here: true, hasHadAll: true, goneMs: null }, true],
  ['who had all and went is served at once', { here: false, hasHadAll: true, goneMs: 0 }, true],
  [
    'whose link made way for another is waited for: it lacks some',
    { here: false, hasHadAll: false, goneMs: 2999 },
    false
  ],
  ['who went and does not come back is not', { here: false, hasHadAll: false, goneMs: 3000 }, true]
]

for (const [rule, facts, served] of CASES) {
  test(rule, (t) => t.is(isServed(facts), served))
}
