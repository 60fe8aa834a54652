// What a journal says of a recording before any block of it is here, checked. Pure.

import b4a from 'b4a'
import type { JournalLine } from '../circle/roster.ts'
import { coreKey } from '../encoding/core-key.ts'
import type { RecordingAnnounced } from '../encoding/journal/journal-entry.ts'
import { verifyAttestation } from '../identity/device-keys.ts'
import { readPublicHeader } from '../recording/reader.ts'
import type { CircleId, DeviceKey, RecordingKey, SignerKey } from '../types/keys.ts'

export interface Announced {
  recording: RecordingKey
  signer: SignerKey
  author: DeviceKey
  startedAtMs: number
  previous: RecordingKey | null
}

/** What somebody says of a recording, and whether it is theirs to say: a signature, looked at when asked. */
export interface Claim {
  announced: Announced
  /** True where its author has attested it. */
  isAttested(): boolean
}

/** The announcement in this line, not checked yet; null where it holds none, or none that can be true. */
export function claimIn(circle: CircleId, { device, entry }: JournalLine): Claim | null {
  return entry.kind === 'recording-announced' ? claimBy(circle, device, entry.body) : null
}

/** The announcement in this line, or null where it holds none, or one its author cannot have made. */
export function announcedIn(circle: CircleId, line: JournalLine): Announced | null {
  return checked(claimIn(circle, line))
}

/** The same, as `device` tells it over its own link. */
export function announcedBy(
  circle: CircleId,
  device: DeviceKey,
  body: RecordingAnnounced
): Announced | null {
  return checked(claimBy(circle, device, body))
}

function checked(claim: Claim | null): Announced | null {
  return claim?.isAttested() ? claim.announced : null
}

function claimBy(
  circle: CircleId,
  device: DeviceKey,
  { recording, signer, startedAtMs, previous, attestation }: RecordingAnnounced
): Claim | null {
  if (!b4a.equals(coreKey(signer), recording)) return null
  return new Claimed(
    circle,
    { recording, signer, author: device, startedAtMs, previous },
    attestation
  )
}

/** There are as many as recordings after a start: no closures. */
class Claimed implements Claim {
  readonly announced: Announced
  readonly #circle: CircleId
  readonly #attestation: Uint8Array

  constructor(circle: CircleId, announced: Announced, attestation: Uint8Array) {
    this.announced = announced
    this.#circle = circle
    this.#attestation = attestation
  }

  isAttested(): boolean {
    const { author: device, recording: core, startedAtMs, previous } = this.announced
    const claim = { circle: this.#circle, device, core, startedAtMs, previous }
    return verifyAttestation({ kind: 'recording', ...claim }, this.#attestation)
  }
}

/**
 * Whether the first block, which the recording's own key has signed, names this author: anybody can say
 * of a recording that it is theirs, but only who has its key can have their word in it. Null where the
 * block names nobody that could be understood.
 */
export function isMadeBy(
  circle: CircleId,
  { author, recording }: Announced,
  block0: Uint8Array
): boolean | null {
  try {
    const { startedAtMs, previous, attestation } = readPublicHeader(block0)
    const claim = { circle, device: author, core: recording, startedAtMs, previous }
    return verifyAttestation({ kind: 'recording', ...claim }, attestation)
  } catch {
    return null
  }
}
