// What a device keeps on its own disk.

import { appSessions } from '../../../../core/encoding/memory/app-sessions.ts'
import { deviceState } from '../../../../core/encoding/memory/device-state.ts'
import { leftCircles } from '../../../../core/encoding/memory/left-circles.ts'
import { lockCost, lockedSeed } from '../../../../core/encoding/memory/locked-seed.ts'
import { pairingState } from '../../../../core/encoding/memory/pairing-state.ts'
import { relayMemory } from '../../../../core/encoding/memory/relay-memory.ts'
import { AT_MS, fill, of } from './coded.ts'
import type { Coded } from './coded.ts'
import { invites } from './pairing.ts'
import { announcedBody, head, nextHead, peer, provenLineSample } from './values.ts'

const circleState = {
  id: fill(17),
  name: 'Quai',
  secret: { whole: true, bytes: fill(18) },
  later: [],
  introducer: null,
  journal: null,
  heads: [],
  peers: [],
  members: [],
  revoked: [],
  films: [],
  parting: null
}

const cost = { passes: 3, memoryKiB: 262_144, salt: fill(100, 16) }

export const DEVICE: Coded[] = [
  of(
    'deviceState',
    deviceState,
    { name: '', port: 0, circles: [] },
    {
      name: 'Ana',
      port: 49737,
      circles: [
        circleState,
        {
          ...circleState,
          secret: { whole: false, bytes: fill(18) },
          later: [fill(99), fill(100)].map((bytes) => ({ whole: false, bytes })),
          introducer: fill(53),
          journal: { salt: fill(54, 16), head },
          heads: [head, nextHead],
          peers: [peer],
          members: [fill(96), fill(97)],
          revoked: [fill(101)],
          films: [{ device: fill(98), body: announcedBody }],
          parting: provenLineSample
        }
      ]
    }
  ),
  of(
    'pairingState',
    pairingState,
    { open: [], joining: null },
    {
      open: [{ circle: fill(103), invite: invites[1]!, uses: 40, confirm: true }],
      joining: invites[0]!
    }
  ),
  of(
    'relayMemory',
    relayMemory,
    { days: [], cursor: null, scrubbedAtMs: 0, heard: [] },
    {
      days: [
        { day: 20_718, bytes: 70_000 },
        { day: 20_719, bytes: 5_000_000_000 }
      ],
      cursor: { recording: fill(110), index: 300 },
      scrubbedAtMs: AT_MS,
      heard: [{ circle: fill(114), saidAtMs: AT_MS, device: fill(115) }]
    }
  ),
  of(
    'leftCircles',
    leftCircles,
    [],
    [{ circle: fill(111), atMs: AT_MS, cores: [fill(112), fill(113)] }]
  ),
  of(
    'appSessions',
    appSessions,
    { port: 1, sessions: [] },
    {
      port: 49737,
      sessions: [
        { cookie: fill(116), secret: fill(117) },
        { cookie: fill(118), secret: fill(119) }
      ]
    }
  ),
  of('lockCost', lockCost, cost),
  of(
    'lockedSeed',
    lockedSeed,
    { ...cost, nonce: fill(101, 24), sealed: fill(102, 48) },
    { ...cost, passes: 1, memoryKiB: 8, nonce: fill(101, 24), sealed: fill(102, 48) }
  )
]
