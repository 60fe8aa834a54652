// What no honest device does on a link: the reason for which it is closed, in words for people.

export class Misuse extends Error {
  /** @param what it sent, to stand after "sent": `channels without end` */
  constructor(what: string, options?: { cause?: unknown }) {
    super('The other end sent ' + what, options)
    this.name = 'Misuse'
  }
}
