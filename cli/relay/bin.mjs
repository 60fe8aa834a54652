#!/usr/bin/env -S MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=262144 MALLOC_TRIM_THRESHOLD_=262144 node
// The `temoin-relay` command as it is installed: `temoin relay`. The first line is explained in cli/bin.mjs.

import process from '#process'

process.argv.splice(2, 0, 'relay')
await import('../bin.mjs')
