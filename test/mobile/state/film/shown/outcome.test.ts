import test from 'brittle'
import type { HolderItem } from '../../../../../core/api/contract.ts'
import { outcomeOf, type Handed } from '../../../../../mobile/ui/state/film/shown/outcome.ts'
import type { FilmPiece } from '../../../../../mobile/ui/state/film/shown/pieces.ts'

test('What a film has become is told by who signed for it and by what the engine has', (t) => {
  const none: HolderItem[] = []
  const [all, half, some] = [[holder(60, true)], [holder(30, false)], [holder(null, false)]]
  const table: [string, Handed, HolderItem[], number, (number | null)[], string][] = [
    ['all of it is there', 'all', all, 0, [60], 'whole'],
    ['where some was lost, the rest is', 'all', all, 1, [60], 'rest'],
    ['as where a person gave some up', 'rest', all, 0, [60], 'rest'],
    ['more may come', 'waiting', all, 0, [60], 'partly'],
    ['a holder is behind', 'all', half, 0, [60], 'partly'],
    ['and this device cannot tell how far', 'all', some, 0, [null], 'some'],
    ['nobody has it', 'all', none, 0, [60], 'nobody'],
    ['nobody has what this device cannot read', 'all', none, 0, [null], 'nobody'],
    ['nobody has what came of it before', 'all', none, 0, [60, 0], 'nobody'],
    ['the engine has nothing of it', 'all', none, 0, [0], 'lost'],
    ['the engine never took it', 'waiting', none, 0, [], 'lost']
  ]
  for (const [what, handed, holders, droppedUs, seconds, kind] of table) {
    const pieces = seconds.map(piece)
    t.is(outcomeOf({ pieces, holders, handed, droppedUs }).kind, kind, what)
  }
})

test('What is told of it counts who has all, and how far the furthest is', (t) => {
  const holders = [holder(20, false), holder(60, true), holder(null, false)]
  const told = { pieces: [piece(60)], holders, droppedUs: 0 }
  const whole = { kind: 'whole', level: 'safe', whole: 1, safeSeconds: 60 } as const
  t.alike(outcomeOf({ ...told, handed: 'all' }), whole)
  const partly = { kind: 'partly', level: 'warn', whole: 0, safeSeconds: 60 } as const
  t.alike(outcomeOf({ ...told, handed: 'waiting' }), partly)
})

function piece(seconds: number | null): FilmPiece {
  return { seconds, holders: [], isOpen: false }
}

function holder(seconds: number | null, all: boolean): HolderItem {
  return { seconds, all } as HolderItem
}
