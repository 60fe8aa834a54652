// Candidates that a person looks at before they are let in. A device waits here once: where it comes
// again, as after a broken line, its newer request takes the place of the older.

import { hex } from '../../encoding/hex.ts'
import type { Refusal } from '../../encoding/pairing/pairing.ts'
import type { DeviceKey } from '../../types/keys.ts'
import type { Conversation } from './conversation.ts'
import type { Candidate } from './interview.ts'

export type Word = 'admit' | Refusal

interface Waiting {
  candidate: Candidate
  conversation: Conversation
  decide: (word: Word | null) => void
}

export class WaitingRoom {
  readonly #waiting = new Map<string, Waiting>()

  get candidates(): Candidate[] {
    return [...this.#waiting.values()].map(({ candidate }) => candidate)
  }

  /** What was decided; null where the candidate left, or came again. */
  wait(conversation: Conversation, candidate: Candidate): Promise<Word | null> {
    const id = hex(candidate.ask.device)
    this.#waiting.get(id)?.conversation.stream.destroy()
    this.#waiting.get(id)?.decide(null)
    return new Promise((resolve) => {
      const decide = (word: Word | null): void => {
        if (this.#waiting.get(id) === waiting) this.#waiting.delete(id)
        resolve(word)
      }
      const waiting = { candidate, conversation, decide }
      this.#waiting.set(id, waiting)
      void conversation
        .next(Infinity)
        .then(() => conversation.stream.destroy()) // nothing is to be said while waiting
        .catch(() => {})
        .then(() => decide(null))
    })
  }

  /** False where no such device waits. */
  decide(device: DeviceKey, word: Word): boolean {
    const waiting = this.#waiting.get(hex(device))
    waiting?.decide(word)
    return waiting !== undefined
  }

  decideAll(word: Word): void {
    for (const { decide } of [...this.#waiting.values()]) decide(word)
  }
}
