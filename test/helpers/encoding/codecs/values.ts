// Values that stand in structures of several families.

import { AT_MS, fill, LARGEST } from './coded.ts'

export const v4 = { host: '192.168.43.1', port: 49737 }
export const v6 = { host: 'fe80::1ff:fe23:4567:890a', port: 65535 }
export const head = {
  device: fill(1),
  signer: fill(2),
  startedAtMs: AT_MS,
  previous: null,
  signature: fill(3, 64),
  proof: fill(117, 64)
}
export const nextHead = { ...head, signer: fill(4), previous: fill(5) }
export const peer = { device: fill(6), addresses: [v4, v6] }
/** What a receipt states. */
export const statement = {
  recording: fill(7),
  fork: 0,
  length: 241,
  treeHash: fill(8),
  authorSignature: fill(9, 64),
  holder: fill(10),
  heldSinceMs: AT_MS,
  atMs: AT_MS + 250,
  flushed: true
}
export const bareStatement = {
  ...statement,
  fork: LARGEST,
  length: 0,
  authorSignature: null,
  flushed: false
}
export const held = { ...statement, signature: fill(11, 64) }
export const announcedBody = {
  recording: fill(25),
  signer: fill(26),
  startedAtMs: AT_MS,
  previous: null,
  attestation: fill(27, 64)
}
export const provenLineSample = {
  journal: fill(127),
  index: 300,
  length: 301,
  signature: fill(123, 64),
  block: fill(124, 300),
  nodes: [
    { size: 300, hash: fill(125) },
    { size: 70_000, hash: fill(126) }
  ]
}
