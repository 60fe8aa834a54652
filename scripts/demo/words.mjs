// How the demo speaks: steps in English and French, plain lines under them, one line that moves.

const moving = process.stdout.isTTY === true
let open = false
let said = 0

export function step(english, french) {
  closeLine()
  console.log(`\n${english}\n${french}`)
}

export function tell(line) {
  closeLine()
  console.log(`  ${line}`)
}

/** Seconds filmed, and seconds safe with each holder. */
export function bar(seconds, safe) {
  const parts = safe.map(([name, held]) => `${name} ${held.toFixed(1)} s`)
  const words = parts.length === 0 ? 'nobody has this yet' : `safe with ${parts.join(', ')}`
  const line = `  ${seconds.toFixed(1)} s filmed; ${words}`
  if (!moving) return sayOnceASecond(line)
  process.stdout.write(`\r\x1b[K${line}`)
  open = true
}

function sayOnceASecond(line) {
  if (Date.now() - said < 1000) return
  said = Date.now()
  console.log(line)
}

export function fail(err) {
  closeLine()
  console.error(`\nThe demo failed: ${err.message}`)
}

function closeLine() {
  if (open) process.stdout.write('\n')
  open = false
}
