import test from 'brittle'
import type { FilmingState, HolderItem, RecordingState } from '../../../../../core/api/contract.ts'
import {
  holdersOf,
  pieceOf,
  type FilmPiece
} from '../../../../../mobile/ui/state/film/shown/pieces.ts'

test('Nobody has all of a film of which more may come', (t) => {
  const [one] = holdersOf([{ ...piece(60, holder('a', 60, true)), isOpen: true }])
  t.absent(one!.all)
  t.is(one!.seconds, 60, 'what it signed for stays told')
})

test('Where the engine began anew, who has only one of its films has not all of it', (t) => {
  const before = piece(30, holder('a', 30, true), holder('b', 10, false))
  const after = piece(20, holder('a', 20, true), holder('b', 20, true), holder('c', 20, true))
  t.alike(told([before, after]), [
    ['a', true, 50],
    ['b', false, 10],
    ['c', false, 0]
  ])
  t.alike(told([before, piece(0)]), [
    ['a', false, 30],
    ['b', false, 10]
  ])
})

test('How far somebody is cannot be told across a film that this device cannot read', (t) => {
  const sealed = { ...piece(20, holder('a', null, true)), seconds: null }
  t.alike(told([sealed, piece(20, holder('a', 10, false))]), [['a', false, null]])
  t.alike(told([sealed, piece(20, holder('a', 20, true))]), [['a', true, null]])
})

test('What somebody signed in all of its films counts together', (t) => {
  const first = { ...holder('a', 30, true), length: 9, receipts: 2, atMs: 100, online: false }
  const last = { ...holder('a', 20, true), length: 5, receipts: 3, atMs: 50, online: true }
  const [one] = holdersOf([piece(30, first), piece(20, last)])
  t.is(one!.length, 14)
  t.is(one!.receipts, 5)
  t.is(one!.atMs, 100)
  t.ok(one!.online, 'whether it is here is what was heard last')
  t.alike(holdersOf([piece(30, { ...first, length: 0 })]), [], 'who has nothing holds nothing')
})

test('More may come of a film as long as its run has not ended it', (t) => {
  const [running, ended] = [run(null), run('stopped')]
  const read = {
    read: true,
    seconds: 60,
    holders: [],
    phase: 'sealed'
  } as unknown as RecordingState
  t.absent(pieceOf(read, null).isOpen)
  t.absent(pieceOf(read, ended).isOpen)
  t.ok(pieceOf(read, running).isOpen)
  t.ok(pieceOf({ ...read, phase: 'live' }, ended).isOpen)
  t.absent(pieceOf({ ...read, phase: 'interrupted' }, null).isOpen, 'the engine began anew')
})

test('What has not been read is told by the run of it, or not at all', (t) => {
  const unread = { read: false, seconds: 0, holders: [], phase: 'sealed' } as unknown
  const known = pieceOf(unread as RecordingState, run('stopped'))
  t.alike(known, { seconds: 40, holders: [], isOpen: false })
  t.ok(pieceOf(undefined, run(null)).isOpen)
  t.alike(pieceOf(unread as RecordingState, null), { seconds: null, holders: [], isOpen: true })
})

function told(pieces: FilmPiece[]): [string, boolean, number | null][] {
  return holdersOf(pieces).map(({ device, all, seconds }) => [device, all, seconds])
}

function piece(seconds: number, ...holders: HolderItem[]): FilmPiece {
  return { seconds, holders, isOpen: false }
}

function run(reason: FilmingState['reason']): FilmingState {
  return { ownSeconds: 40, holders: [], reason } as unknown as FilmingState
}

function holder(device: string, seconds: number | null, all: boolean): HolderItem {
  return { device, seconds, all, length: 1, receipts: 1, atMs: null } as unknown as HolderItem
}
