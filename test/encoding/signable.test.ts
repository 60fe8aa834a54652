import b4a from 'b4a'
import test from 'brittle'
import { LABELS, signable } from '../../core/encoding/signable.ts'

test('What is signed starts with its purpose, so no signature serves two', (t) => {
  const body = b4a.from('body')
  t.is(b4a.toString(signable(LABELS.receipt, body)), 'temoin/receipt/1\nbody')
  const labels = Object.values(LABELS)
  t.is(new Set(labels).size, labels.length)
})

test('No label is the start of another: the line feed ends it', (t) => {
  for (const label of Object.values(LABELS)) t.absent(label.includes('\n'), label)
})
