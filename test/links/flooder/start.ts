// Starts a flooder and listens to what it says. It is killed at the end of the test.

import process from '#process'
import { spawn } from '#subprocess'
import type { Assert } from 'brittle'
import { path } from '../../../core/runtime/fs.ts'
import { eventually } from '../../helpers/eventually.ts'
import { root } from '../../helpers/root.ts'
import type { Orders } from './main.ts'

/** A flood takes a busy machine long. */
const PATIENCE_MS = 240_000
const PROGRAM = path.join(root, 'dist/test/links/flooder/main.js')

export interface Said {
  event: string
  opened?: boolean
  /** Handshakes of strangers. */
  answered?: number
}

export interface Flooder {
  /** What it says with that event, once it does. */
  said(event: string): Promise<Said>
  /** True once it has ended by itself. */
  over(): boolean
}

export function startFlooder(t: Assert, orders: Orders): Flooder {
  const stdio = ['ignore', 'pipe', 'inherit'] as const
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(orders)], { stdio: [...stdio] })
  let out = ''
  let isOver = false
  child.stdout!.on('data', (chunk: any) => (out += String(chunk)))
  child.on('exit', () => (isOver = true))
  t.teardown(() => void (isOver || child.kill('SIGKILL' as any)))
  const lines = (): Said[] =>
    out
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line))
  const said = (event: string): Promise<Said> =>
    eventually(() => lines().find((line) => line.event === event)!, { timeoutMs: PATIENCE_MS })
  return { said, over: () => isOver }
}
