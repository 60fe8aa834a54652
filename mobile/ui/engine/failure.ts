// Why a call failed, as screens put it into words by its code.

import type { Failure } from '../../../core/api/contract.ts'

export class EngineFailure extends Error {
  /** The engine's code (`STORAGE_FULL`, …), or `ENGINE_GONE` where there was no answer. */
  readonly code: string

  constructor({ code, message }: Failure) {
    super(message)
    this.name = 'EngineFailure'
    this.code = code
  }
}

export function gone(): EngineFailure {
  return new EngineFailure({ code: 'ENGINE_GONE', message: 'The engine does not answer' })
}

/** The code of whatever was thrown. */
export function codeOf(err: unknown): string {
  return err instanceof EngineFailure ? err.code : 'INTERNAL'
}
