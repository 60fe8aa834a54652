// What two devices say to each other on a link.

import * as control from '../../../../core/encoding/control.ts'
import { toldFilm } from '../../../../core/encoding/recording/told-film.ts'
import { AT_MS, fill, of } from './coded.ts'
import type { Coded } from './coded.ts'
import { announcedBody, bareStatement, head, held, nextHead, peer } from './values.ts'

export const CONTROL: Coded[] = [
  of(
    'hello',
    control.hello,
    { wallMs: 0, heads: [], peers: [], room: 'open' },
    { wallMs: AT_MS, heads: [head, nextHead], peers: [peer], room: 'none' }
  ),
  of('follow', control.follow, { recording: fill(46), start: 241 }),
  of('unfollow', control.unfollow, { recording: fill(47) }),
  of('refuse', control.refuse, { recording: fill(48), first: 300 }),
  of(
    'route',
    control.route,
    { recording: fill(63), upstreams: [] },
    { recording: fill(63), upstreams: [fill(64), fill(65)] }
  ),
  of(
    'journalLengths',
    control.journalLengths,
    [],
    [
      { journal: fill(67), length: 0, treeHash: null },
      { journal: fill(68), length: 70_000, treeHash: fill(69) }
    ]
  ),
  of(
    'keysWanted',
    control.keysWanted,
    [],
    [
      { recording: fill(130), tried: 0 },
      { recording: fill(131), tried: 300 }
    ]
  ),
  of(
    'linesWanted',
    control.linesWanted,
    { journal: fill(132), start: 0 },
    { journal: fill(133), start: 70_000 }
  ),
  of('toldFilm', toldFilm, { device: fill(66), body: announcedBody }),
  of('liveBlock', control.liveBlock, {
    recording: fill(49),
    index: 70_000,
    signature: fill(50, 64),
    value: fill(51, 300)
  }),
  of('receipts', control.receipts, [], [held, { ...bareStatement, signature: fill(52, 64) }])
]
