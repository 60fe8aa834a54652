import test from 'brittle'
import type { VerdictState } from '../../../core/api/contract.ts'
import { findingsOf, witnessesOf } from '../../../mobile/ui/state/verdict.ts'

test('What was found is gathered by what it means, failures first', (t) => {
  const found = findingsOf(
    verdict([
      ['GAP', 'finding'],
      ['RECEIPT_INVALID', 'failure'],
      ['GAP', 'finding']
    ])
  )
  t.alike(
    found.map(({ finding, failure, details }) => [finding, failure, details.length]),
    [
      ['receipt', true, 1],
      ['gap', false, 2]
    ]
  )
})

test('A code that this page does not know is told as something changed, never as nothing', (t) => {
  const [found] = findingsOf(verdict([['FROM_THE_FUTURE', 'failure']]))
  t.alike(found, { finding: 'changed', failure: true, details: ['about FROM_THE_FUTURE'] })
})

test('A receipt that only lacks the author’s signature is not told as one of another film', (t) => {
  const [found] = findingsOf(verdict([['RECEIPT_UNBACKED', 'finding']]))
  t.is(found!.finding, 'unbacked')
})

test('A device that signed twice is one witness', (t) => {
  const receipts = ['a', 'b', 'a'].map((device) => ({ part: 1, device, length: 1, at: '' }))
  t.is(witnessesOf({ ...verdict([]), receipts }), 2)
})

test('Who filmed it is no witness of it', (t) => {
  const receipts = ['a', 'b'].map((device) => ({ part: 1, device, length: 1, at: '' }))
  t.is(witnessesOf({ ...verdict([]), author: 'a', receipts }), 1)
})

function verdict(reasons: [string, 'failure' | 'finding'][]): VerdictState {
  const nowhere = { file: null, part: null, block: null, seconds: null }
  return {
    ...{ ok: false, recording: null, author: null, length: 0, seconds: 0, sealed: true },
    receipts: [],
    annotations: [],
    reasons: reasons.map(([code, severity]) => ({
      ...{ code, severity, message: `about ${code}`, ...nowhere }
    }))
  }
}
