// The practice of an arrest: a story in steps, with choices of which one is right, on a made-up circle.
// Pure: it knows no engine, so it cannot touch a real film, member or key.

export const STEPS = ['intro', 'film', 'stop', 'taken', 'code', 'circle', 'end'] as const
export type Step = (typeof STEPS)[number]

/** Of each question, the right answer first in this table, wherever the screen shows it. */
export const QUESTIONS = {
  stop: ['calm', 'argue', 'run'],
  code: ['lawyer', 'give', 'lie']
} as const
export type Question = keyof typeof QUESTIONS

/** When the made-up devices have the made-up film, seconds after the tap; one tick is a second. */
export const COPIES_AT_S = [2, 4] as const

export interface Drill {
  step: Step
  /** Seconds of the made-up film; null before the tap. */
  filmedS: number | null
  /** Last answer given in this step. */
  answer: string | null
  /** The made-up friend has cut the made-up phone off. */
  cutOff: boolean
}

export const FRESH: Drill = { step: 'intro', filmedS: null, answer: null, cutOff: false }

export type Move =
  | { kind: 'next' }
  | { kind: 'tap' }
  /** A second has passed. */
  | { kind: 'tick' }
  | { kind: 'answer'; answer: string }
  | { kind: 'cut-off' }
  | { kind: 'again' }

/** A move that does not fit the step changes nothing. */
export function moved(drill: Drill, move: Move): Drill {
  switch (move.kind) {
    case 'again':
      return FRESH
    case 'next':
      return mayGoOn(drill) ? { ...drill, step: after(drill.step), answer: null } : drill
    case 'tap':
      return drill.step === 'film' && drill.filmedS === null ? { ...drill, filmedS: 0 } : drill
    case 'tick':
      return isFilming(drill) ? { ...drill, filmedS: drill.filmedS! + 1 } : drill
    case 'answer':
      return isAnswer(drill.step, move.answer) ? { ...drill, answer: move.answer } : drill
    case 'cut-off':
      return drill.step === 'circle' ? { ...drill, cutOff: true } : drill
  }
}

/** What each step is for has been done: two copies, the right answer, the phone cut off. */
export function mayGoOn({ step, filmedS, answer, cutOff }: Drill): boolean {
  if (step === 'film') return copiesAfter(filmedS) === COPIES_AT_S.length
  if (step === 'stop' || step === 'code') return answer === QUESTIONS[step][0]
  if (step === 'circle') return cutOff
  return step !== 'end'
}

/** Goes on while the officer comes nearer, until the phone is taken. */
export function isFilming({ step, filmedS }: Drill): boolean {
  return filmedS !== null && (step === 'film' || step === 'stop')
}

export function copiesAfter(filmedS: number | null): number {
  return filmedS === null ? 0 : COPIES_AT_S.filter((second) => filmedS >= second).length
}

function after(step: Step): Step {
  return STEPS[Math.min(STEPS.indexOf(step) + 1, STEPS.length - 1)]!
}

function isAnswer(step: Step, answer: string): boolean {
  return (
    (step === 'stop' || step === 'code') && (QUESTIONS[step] as readonly string[]).includes(answer)
  )
}
