import test from 'brittle'
import {
  FIRST_STEP,
  nextBitrate,
  STEPS,
  type BitrateInput,
  type BitrateState
} from '../../../../../mobile/ui/state/film/uplink/bitrate.ts'

test('A line that does not follow costs one step every two seconds, down to the last', (t) => {
  const after = run(5, { behindSeconds: 6 })
  t.is(after.step, FIRST_STEP - 2)
  t.is(run(60, { behindSeconds: 60 }).step, 0)
})

test('What waits for the engine, or pictures that were dropped, count as much', (t) => {
  t.ok(run(5, { waitingBytes: 1e6 }).step < FIRST_STEP)
  t.ok(run(5, { dropped: 20 }).step < FIRST_STEP)
})

test('It goes up again slowly, and not above the last step', (t) => {
  t.is(run(11, { behindSeconds: 0 }).step, FIRST_STEP)
  t.is(run(13, { behindSeconds: 0 }).step, FIRST_STEP + 1)
  t.is(run(300, { behindSeconds: 0 }).step, STEPS.length - 1)
})

test('With nobody there the quality stays', (t) => {
  t.is(run(300, { behindSeconds: null }).step, FIRST_STEP)
})

test('A low battery lowers it at once, unless it charges', (t) => {
  t.is(run(1, { batteryPercent: 20 }).step, 2)
  t.is(run(1, { batteryPercent: 9 }).step, 1)
  t.is(run(1, { batteryPercent: 9, charging: true }).step, FIRST_STEP)
  t.is(run(100, { batteryPercent: 15, behindSeconds: 0 }).step, 2, 'and holds it there')
})

test('Every step spends more than the one before', (t) => {
  for (const [index, step] of STEPS.entries()) {
    if (index > 0) t.ok(step.bitsPerSecond > STEPS[index - 1]!.bitsPerSecond)
  }
})

/** Looks once a second, for so many seconds. */
function run(seconds: number, input: Partial<BitrateInput>): BitrateState {
  const easy = {
    behindSeconds: 0,
    waitingBytes: 0,
    dropped: 0,
    batteryPercent: null,
    charging: false
  }
  let state: BitrateState = { step: FIRST_STEP, changedAtMs: 0 }
  for (let at = 1; at <= seconds; at++) {
    state = nextBitrate(state, { ...easy, ...input, nowMs: at * 1000 })
  }
  return state
}
