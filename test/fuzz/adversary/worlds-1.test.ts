// Members who turned, phones that fall, lines that break: up to twelve devices do what a seed says, and
// after every step what was promised must hold.
//
//   TEMOIN_SEED=7 TEMOIN_STEPS=200 npm test -- adversary/worlds-1 --node     one world again
//   TEMOIN_STEPS=50000 npm test -- adversary --node --timeout 36000          the long run
//
// 1,600 steps under Node and 400 under Bare, over the four files. The order of actions is the seed's;
// when what they cause arrives is the machine's, so a rare failure may need several runs.

import test from 'brittle'
import { planOf } from './plan.ts'
import { testWorlds } from './worlds.ts'

testWorlds(0)

test('the same seed plans the same, and every kind of action comes up', (t) => {
  const { actions } = planOf(3, 1000, true)
  t.alike(planOf(3, 1000, true).actions, actions)
  t.unlike(planOf(4, 1000, true).actions, actions)
  t.is(new Set(actions.map(({ kind }) => kind)).size, 39)
})
