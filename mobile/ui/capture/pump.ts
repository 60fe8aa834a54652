// Reads a stream of frames until told to stop; frames that come after that are closed.

/** @returns a function that stops reading */
export function pump<Frame extends { close(): void }>(
  stream: ReadableStream<Frame>,
  take: (frame: Frame) => void
): () => void {
  const reader = stream.getReader()
  let stopped = false
  const next = async (): Promise<void> => {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      if (stopped) value.close()
      else take(value)
    }
  }
  next().catch(() => {})
  return () => {
    stopped = true
    reader.cancel().catch(() => {})
  }
}
