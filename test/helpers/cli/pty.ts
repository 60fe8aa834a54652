// The command at a terminal, for what it asks there: a pseudo-terminal made by python3, which types each
// answer when its question has come. Everything the terminal showed comes back, echo included.

import process from '#process'
import { spawn } from '#subprocess'
import { path } from '../../../core/runtime/fs.ts'
import { findProgram } from '../program.ts'
import { root } from '../root.ts'

const TYPIST = `
import json, os, pty, sys
argv, answers = json.loads(sys.argv[1]), json.loads(sys.argv[2])
pid, fd = pty.fork()
if pid == 0: os.execv(argv[0], argv)
shown = b''
asked = b''
while True:
    try: data = os.read(fd, 1024)
    except OSError: break
    if not data: break
    shown += data
    asked += data
    if answers and answers[0][0].encode() in asked:
        asked = b''
        os.write(fd, answers.pop(0)[1].encode())
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
print(json.dumps({'code': code, 'shown': shown.decode(errors='replace')}))
`

/** True where a test can have a terminal. */
export const hasPty = process.platform === 'linux' && findProgram('python3') !== null

/** @param answers question that must have come, and what is typed then, Enter included as `\r` */
export function atTerminal(
  args: string[],
  answers: [question: string, typed: string][]
): Promise<{ code: number; shown: string }> {
  const argv = [process.execPath, path.join(root, 'cli/bin.mjs'), ...args]
  const child = spawn(
    findProgram('python3')!,
    ['-c', TYPIST, JSON.stringify(argv), JSON.stringify(answers)],
    { stdio: ['ignore', 'pipe', 'inherit'] as any }
  )
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout!.on('data', (data) => (text += String(data)))
    child.stdout!.on('end', () => {
      try {
        resolve(JSON.parse(text) as { code: number; shown: string })
      } catch {
        reject(new Error(`The typist said: ${text}`))
      }
    })
  })
}
