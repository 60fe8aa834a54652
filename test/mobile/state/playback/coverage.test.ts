import test from 'brittle'
import { coverage } from '../../../../mobile/ui/state/playback/coverage.ts'

const receipt = (device: string, seconds: number | null) => ({
  ...{ device, seconds, part: 'p', length: 1, atMs: 0 }
})

test('The strip counts for each stretch who signed for all of it', (t) => {
  const receipts = [receipt('a', 4), receipt('a', 10), receipt('b', 4)]
  t.alike(coverage(receipts, 'author', 12), [
    { from: 0, to: 4, copies: 2 },
    { from: 4, to: 10, copies: 1 },
    { from: 10, to: 12, copies: 0 }
  ])
})

test('A statement that names no moment counts nowhere, one beyond the end up to the end', (t) => {
  t.alike(coverage([receipt('a', null)], 'author', 5), [{ from: 0, to: 5, copies: 0 }])
  t.alike(coverage([receipt('a', 9)], 'author', 5), [{ from: 0, to: 5, copies: 1 }])
  t.alike(coverage([], 'author', 0), [])
})

test('What the author has signed for by itself is no copy', (t) => {
  const alone = [receipt('a', 10)]
  t.alike(coverage(alone, 'a', 10), [{ from: 0, to: 10, copies: 0 }])
  t.is(coverage([...alone, receipt('b', 10)], 'a', 10)[0]!.copies, 1)
})
