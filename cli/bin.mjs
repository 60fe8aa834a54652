#!/usr/bin/env -S MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=262144 MALLOC_TRIM_THRESHOLD_=262144 node
// The `temoin` command as it is installed: loads the compiled program, under Node or Bare, or says how
// to make it. Committed as it runs, so that it is there before anything has been built.
// The first line tells glibc to use one heap for all threads, and to give back what is freed: with one
// for each thread of the database, memory grows by a third in an hour (bench/README.md). Others ignore it.

/* global Bare */
import fs from '#fs'
import process from '#process'
import { fileURLToPath, pathToFileURL } from '#url'

const runtime = typeof Bare === 'undefined' ? 'node' : 'bare'
const [joined, modules, ...madeOf] = [
  `../dist/cli/bundle/${runtime}/main.js`,
  '../dist/cli/main.js',
  '../.cache/tsbuildinfo.json',
  '../node_modules/.package-lock.json'
].map((name) => fileURLToPath(new URL(name, import.meta.url)))
/** All of it in one file, which starts sooner (scripts/lib/bundle/), unless compiled or installed anew since. */
const isCurrent = madeOf.every((file) => modifiedMs(joined) > modifiedMs(file))
const program = isCurrent ? joined : modules

if (fs.existsSync(program)) {
  const v8 = process.getBuiltinModule?.('v8')
  // What loads runs once: compiling it for speed is a fifth of the time of a start (core/runtime/process.ts).
  v8?.setFlagsFromString('--interrupt-budget=1000000')
  // Blocks of a film lie outside V8's heap, and are given back when its room for what is new is full. That
  // room begins with 1 MiB; let grow, even while the program loads, it costs who films or holds 20 MiB.
  v8?.setFlagsFromString('--semi-space-growth-factor=1')
  const { main } = await import(pathToFileURL(program).href)
  await main(process.argv.slice(2))
} else {
  const remedy = 'temoin is not built yet: run "npm ci && npm run build" in its folder'
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({ event: 'error', code: 'BAD_STATE', message: remedy }))
  }
  console.error(remedy)
  process.exitCode = 1
}

/** 0 where there is none. */
function modifiedMs(file) {
  return fs.existsSync(file) ? fs.statSync(file).mtimeMs : 0
}
