// The stamp of what something was made from, kept beside the caches: as long as it is the same, nothing is
// made again.

import fs from 'node:fs'
import path from 'node:path'

/** Null where nothing was made yet. */
export function readStamp(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

export function writeStamp(file, stamp) {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, stamp)
}
