// The messages of the WebSocket `/api`, JSON text each.

import type { Answer, Args, CallName } from './calls.ts'
import type { Failure } from './codes.ts'
import type { Change, State } from './state.ts'

export type ClientMessage =
  /** First of all, within fifteen seconds, on `/film/…` as well: the key that the exchange of the token gave. */
  | { type: 'hello'; key: string }
  /**
   * In its place on `/api`, where the engine was started anew and refuses the key: a random number, 64 hex
   * digits. `challenge` answers; where its proof is right, `proof`; then the socket is closed with 4410, and
   * the key is good that both have made (core/api/server/reunion.ts).
   */
  | { type: 'resume'; nonce: string }
  | { type: 'proof'; proof: string }
  | { [N in CallName]: { type: 'call'; id: number; call: N; args: Args<N> } }[CallName]
  /** To be answered by `pong`: a page that wakes up finds out whether the engine is there. */
  | { type: 'ping'; id: number }

export type ServerMessage =
  /** Before all else: what `resume` needs, 64 hex digits. To be kept in the page's memory, nowhere else. */
  | { type: 'session'; secret: string }
  | { type: 'challenge'; nonce: string; proof: string }
  /** First, and again after anything that changes all of it. */
  | { type: 'state'; version: 1; state: State }
  | { type: 'changes'; changes: Change[] }
  | { type: 'answer'; id: number; answer: Answer<CallName> }
  | { type: 'failure'; id: number; failure: Failure }
  | { type: 'pong'; id: number }
