// What is touched of protomux 3.10 and secret-stream 6.9 beyond what they offer: names only. Both are
// pinned; flood-member.test.ts and early-close.test.ts beside the tests of the limits fail where one of these
// names no longer means what it did.

/** A message, or what is left of it. */
export interface Received {
  buffer: Uint8Array
  start: number
  end: number
}

/** An open channel (protomux, class Channel). */
export interface Session {
  protocol: string
  closed: boolean
  messages: unknown[]
  _localId: number
  _recv(type: number, state: Received): Promise<unknown> | null
}

/** class Protomux */
export interface MuxInternals {
  drained: boolean
  /** What the other end opened, at its number less one; null where it is closed or was refused. */
  _remote: ({ session: Session | null; pending: unknown[] | null } | null)[]
  /** By protocol and id: the numbers of channels that the other end has opened and this end not yet. */
  _infos: Map<string, { incoming: number[] }>
  _batch: unknown[] | null
  _batchState: { buffer: null; start: number; end: number } | null
  _destroying: boolean
  /** One message of a channel, or, for channel 0, of the mux itself. */
  _decode(channel: number, state: Received): Promise<unknown> | null
  _onbatch(state: Received): void
  _onopensession(state: Received): Promise<unknown> | null
  _onclosesession(state: Received): void
  /** Tells the other end that a channel of its is none here; its number is free again. */
  _rejectSession(info: { incoming: number[] }, number: number): void
  _pushBatch(channel: number, message: Uint8Array): void
  _sendBatch(batch: unknown[], state: unknown): void
  /** Where every error ends that a message has caused. */
  _safeDestroy(err: unknown): void
  _safeDestroyBound(err: unknown): void
  _warn(err: unknown): void
}

/** class NoiseSecretStream */
export interface StreamInternals {
  /** Bytes of the frame that is coming in: set as its length is read, 0 once it is whole. */
  _len: number
  /** streamx: what was written and not yet taken. */
  _writableState: { buffered: number }
}
