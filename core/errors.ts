// The one error class of the engine. Its message is a plain sentence that says what to do next;
// its code is stable, so that programs can act on it.

export type ErrorCode =
  | 'BAD_INPUT' // what was given cannot be used: exit 2
  | 'BAD_ENCODING' // bytes that are not what they claim to be
  | 'BAD_STATE' // the call does not fit the moment
  | 'CIRCLE_MISSING' // this device is in none yet
  | 'CIRCLE_UNKNOWN' // exit 2, as all that names what is not there
  | 'CIRCLE_AMBIGUOUS'
  | 'CLOSED'
  | 'DEVICE_MISSING' // no device in this directory yet
  | 'DEVICE_EXISTS'
  | 'DEVICE_LOCKED' // its seed is under a passphrase that was not given
  | 'DEVICE_WIPED' // a panic has begun here and not ended
  | 'INVITE_MANGLED'
  | 'INVITE_FOREIGN' // of another app or another version
  | 'INVITE_REDEEMED' // by this very device
  | 'INVITE_EXPIRED'
  | 'INVITE_USED'
  | 'INVITE_REFUSED'
  | 'INVITE_UNREACHABLE'
  | 'INVITE_ON_HOLD' // the same invite may do later
  | 'MEDIA_UNSUPPORTED'
  | 'MEDIA_DAMAGED'
  | 'NOT_ALLOWED' // the role does not permit it
  | 'PASSPHRASE_WRONG'
  | 'NOT_READABLE' // no key here opens it
  | 'RECORDING_UNKNOWN'
  | 'STORAGE_DAMAGED'
  | 'STORAGE_DENIED'
  | 'STORAGE_FULL'
  | 'STORAGE_LOCKED' // exit 3
  | 'VERIFICATION_FAILED' // exit 4

export class TemoinError extends Error {
  readonly code: ErrorCode
  /** Finer than the code, for who words it anew: why an invite was refused. Null where there is no more. */
  readonly detail: string | null

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; detail?: string } = {}
  ) {
    const { detail = null, ...rest } = options
    super(message, rest)
    this.name = 'TemoinError'
    this.code = code
    this.detail = detail
  }

  static is(err: unknown, code?: ErrorCode): err is TemoinError {
    return err instanceof TemoinError && (code === undefined || err.code === code)
  }
}

/** The code of a system error (`ENOSPC`, `EACCES` ...) anywhere in a chain of causes, or null. */
export function systemCode(err: unknown): string | null {
  for (let e: any = err, depth = 0; e && depth < 8; e = e.cause, depth++) {
    if (typeof e.code === 'string' && /^E[A-Z]+$/.test(e.code)) return e.code
    if (/No space left on device/i.test(String(e.message))) return 'ENOSPC'
  }
  return null
}
