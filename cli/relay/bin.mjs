#!/usr/bin/env -S MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=262144 MALLOC_TRIM_THRESHOLD_=262144 node
// The `temoin-relay` command as it is installed: loads the compiled program, under Node or Bare, or says
// how to make it. The first line is explained in cli/bin.mjs.

import fs from '#fs'
import process from '#process'
import { fileURLToPath } from '#url'

const program = new URL('../../dist/cli/relay/main.js', import.meta.url)

if (fs.existsSync(fileURLToPath(program))) {
  const { relayMain } = await import(program.href)
  await relayMain(process.argv.slice(2))
} else {
  const remedy = 'temoin-relay is not built yet: run "npm ci && npm run build" in its folder'
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({ event: 'error', code: 'BAD_STATE', message: remedy }))
  }
  console.error(remedy)
  process.exitCode = 1
}
