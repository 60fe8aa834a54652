// A role's side of its conversation with the run: calls come in on stdin, answers go out on stdout, one
// JSON object a line. A role whose run has died ends itself.

import b4a from 'b4a'
import process from '#process'

type Calls = Record<string, (args: any) => unknown>

/** Answers calls until stdin ends; then, or on the call `close`, the process ends. */
export function serve(calls: Calls): void {
  onLines(process.stdin, (line) => void answer(calls, JSON.parse(line)))
  process.stdin.on('end', () => process.exit(0))
}

/** Splits what a stream brings into lines. */
export function onLines(stream: unknown, onLine: (line: string) => void): void {
  let rest = ''
  const source = stream as { on(event: 'data', fn: (bytes: Uint8Array) => void): void }
  source.on('data', (bytes) => {
    const lines = (rest + b4a.toString(bytes as any)).split('\n')
    rest = lines.pop()!
    for (const line of lines) if (line !== '') onLine(line)
  })
}

async function answer(calls: Calls, { id, name, args }: Call): Promise<void> {
  try {
    say({ id, result: (await calls[name]!(args)) ?? null })
  } catch (err) {
    say({ id, error: String((err as Error).stack ?? err) })
  }
}

function say(message: unknown): void {
  process.stdout.write(JSON.stringify(message) + '\n')
}

export interface Call {
  id: number
  name: string
  args: unknown
}
