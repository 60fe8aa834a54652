// A process of its own that has a store open until it is killed: `keep-open.js <storage directory>`.

import process from '#process'
import { EvidenceStore } from '../../core/store/evidence-store.ts'

const store = new EvidenceStore({ dir: process.argv[2]! })
await store.ready()
process.stdout.write('open\n')
setInterval(() => {}, 1000)
