import test from 'brittle'
import { Allowance } from '../../core/replica/allowance.ts'

test('an allowance is spent, and fills again with time up to its burst', (t) => {
  const allowance = new Allowance({ burst: 10, perSecond: 2 }, 0)
  t.ok(allowance.spend(10))
  t.absent(allowance.spend(1))
  allowance.refill(1000)
  t.ok(allowance.spend(1), 'one was owed')
  t.absent(allowance.spend(1))
  allowance.refill(3_600_000)
  t.ok(allowance.spend(10))
  t.absent(allowance.spend(1))
})

test('a clock that goes back gives nothing and takes nothing', (t) => {
  const allowance = new Allowance({ burst: 10, perSecond: 2 }, 5000)
  t.ok(allowance.spend(9))
  allowance.refill(0)
  t.ok(allowance.spend(1))
  t.absent(allowance.spend(1))
})

test('what is asked for in vain is not owed, where it was only taken as far as there is', (t) => {
  const allowance = new Allowance({ burst: 10, perSecond: 1 }, 0)
  t.ok(allowance.take(10))
  for (let i = 0; i < 100; i++) t.absent(allowance.take(1))
  allowance.refill(1000)
  t.ok(allowance.take(1))
})
