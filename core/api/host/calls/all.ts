// Every call there is, a file for each group.

import type { Host } from '../host.ts'
import { circleCalls } from './circle-calls.ts'
import { deviceCalls } from './device-calls.ts'
import { exportCalls } from './export-calls.ts'
import { filmCalls } from './film-calls.ts'
import type { Handlers } from './handlers.ts'
import { inviteCalls } from './invite-calls.ts'
import { joinCalls } from './join-calls.ts'
import { memberCalls } from './member-calls.ts'
import { recordingCalls } from './recording-calls.ts'

export function allCalls(host: Host): Handlers {
  return {
    ...deviceCalls(host),
    ...circleCalls(host),
    ...inviteCalls(host),
    ...joinCalls(host),
    ...memberCalls(host),
    ...filmCalls(host),
    ...recordingCalls(host),
    ...exportCalls(host)
  }
}
