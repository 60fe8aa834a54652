// Loaded into a holder's process in front of the command, this makes it acknowledge what the disk has
// not confirmed: the control of the power-cut test, which must lose blocks for the test to mean anything.
// It takes the syncs from the runtime itself, so that it does not matter how the command was put together.
//
//   NODE_OPTIONS=--import=…/no-sync.js temoin hold

import { fs } from '../../../core/runtime/fs.ts'

const open = fs.promises.open

fs.promises.open = async (...args: Parameters<typeof open>) => {
  const handle = await open(...args)
  return Object.assign(handle, { sync: nothing, datasync: nothing })
}

async function nothing(): Promise<void> {}
