// What answers a call: one function for each, given checked arguments.

import type { Answer, CallName } from '../../contract.ts'
import type { Given } from '../given.ts'

/** `media.ticket` is answered by whoever carries the messages: the host knows of no session. */
export type HostCall = Exclude<CallName, 'media.ticket'>

type Result<N extends HostCall> = Answer<N> extends Record<string, never> ? void : Answer<N>

export type Handlers = { [N in HostCall]: (given: Given) => Result<N> | Promise<Result<N>> }

/** The calls whose names begin so. */
export type Group<Prefix extends string> = {
  [N in HostCall as N extends `${Prefix}.${string}` ? N : never]: Handlers[N]
}
