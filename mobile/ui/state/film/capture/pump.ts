// Reads a stream of frames until told to stop; frames that come after that are closed. A frame that could
// not be taken is closed as well: a camera whose frames are kept stands still.

/** As much of a ReadableStream as is used here. */
export interface Frames<Frame> {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Frame | undefined }>
    cancel(): Promise<void>
  }
}

export interface PumpHandlers<Frame> {
  /** Takes it over, and closes it. */
  take: (frame: Frame) => void
  /** It could not be taken, or the stream broke: nothing more is read. */
  onFailed: (err: unknown) => void
}

/** @returns a function that stops reading */
export function pump<Frame extends { close(): void }>(
  stream: Frames<Frame>,
  { take, onFailed }: PumpHandlers<Frame>
): () => void {
  const reader = stream.getReader()
  let stopped = false
  const next = async (): Promise<void> => {
    for (;;) {
      const { value, done } = await reader.read()
      if (done || value === undefined) return
      if (stopped) value.close()
      else takeOrClose(value, take)
    }
  }
  const stop = (): void => {
    stopped = true
    reader.cancel().catch(() => {}) // a stream that broke is told so already
  }
  next().catch((err: unknown) => {
    if (stopped) return
    stop()
    onFailed(err)
  })
  return stop
}

function takeOrClose<Frame extends { close(): void }>(
  frame: Frame,
  take: (frame: Frame) => void
): void {
  try {
    take(frame)
  } catch (err) {
    frame.close() // a second time does nothing
    throw err
  }
}
