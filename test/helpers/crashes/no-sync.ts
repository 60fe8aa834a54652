// Loaded into a holder's process in front of the command, this makes it acknowledge what the disk has
// not confirmed: the control of the power-cut test, which must lose blocks for the test to mean anything.
//
//   NODE_OPTIONS=--import=…/no-sync.js temoin hold

import { EvidenceStore } from '../../../core/store/evidence-store.ts'

EvidenceStore.prototype.durable = () => Promise.resolve()
