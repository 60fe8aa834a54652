// Whatever anybody honest counts as safe, whoever says so, is a receipt for blocks that were really
// filmed: a liar may keep nothing, but it cannot sign for what there never was.

import b4a from 'b4a'
import { hex } from '../../../../core/encoding/hex.ts'
import { treeHashOf } from '../truth.ts'
import type { Rule } from './rule.ts'

export const counted: Rule = ({ ledger, truth }) =>
  ledger.all.flatMap(({ recording, length, treeHash }) => {
    const filmed = truth.of(recording)
    if (filmed === null) return []
    const real = length <= filmed.blocks.length && b4a.equals(treeHashOf(filmed, length), treeHash)
    return real
      ? []
      : [`A receipt is counted for ${hex(recording).slice(0, 8)} that is for nothing`]
  })
