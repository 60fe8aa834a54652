// Listening to replicas: the same functions for every one, which is their `this`. Ten thousand rest here,
// and a function of its own for each event of each would be a third of what they take.

import type { Receipt } from '../../encoding/recording/receipt.ts'
import type { Replica } from '../../replica/replica.ts'

export interface Heard {
  onGrow: (replica: Replica) => void
  onReceipt: (replica: Replica, receipt: Receipt) => void
  onHeld: (replica: Replica, receipt: Receipt) => void
  onSealed: (replica: Replica) => void
  onLost: (replica: Replica, length: number) => void
  onTrouble: (err: unknown) => void
}

/** @returns what makes a replica heard */
export function hearing(heard: Heard): (replica: Replica) => void {
  const grow = function (this: Replica): void {
    heard.onGrow(this)
  }
  const receipt = function (this: Replica, signed: Receipt): void {
    heard.onReceipt(this, signed)
  }
  const held = function (this: Replica, signed: Receipt): void {
    heard.onHeld(this, signed)
  }
  const sealed = function (this: Replica): void {
    heard.onSealed(this)
  }
  const lost = function (this: Replica, length: number): void {
    heard.onLost(this, length)
  }
  return (replica) => {
    replica.on('grow', grow).on('receipt', receipt).on('held', held)
    replica.on('sealed', sealed).on('lost', lost).on('trouble', heard.onTrouble)
  }
}
