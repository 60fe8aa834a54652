// README.txt: what a judge, a journalist or a family reads first, in French and in English. Pure text
// from facts; it claims nothing the log does not show, and says what nobody can show.
// A changed wording is a finding for older packages (TEXT_UNKNOWN), not a failure.

import { hex } from '../../encoding/hex.ts'
import { mediaFile } from '../layout.ts'
import type { PartFacts } from '../part-facts.ts'
import { clock, count, excerpt, isoTime, keyText, quoted } from './printable.ts'

const NAME_LINE = 'Name given by whoever exported this, proven by nothing: '

/** @param authorName hearsay, or null */
export function readmeText(parts: PartFacts[], authorName: string | null): string {
  return [
    'EVIDENCE PACKAGE / DOSSIER DE PREUVE',
    '====================================',
    '',
    ...(authorName === null ? [] : [NAME_LINE + quoted(authorName), '']),
    ...parts.flatMap(partLines),
    FRENCH,
    ENGLISH
  ].join('\n')
}

/** The name a README gives for the author, or null. Never throws, whatever the text is. */
export function authorNameIn(readme: string): string | null {
  const line = readme.split('\n', 16).find((text) => text.startsWith(NAME_LINE))
  if (line === undefined) return null
  try {
    const name: unknown = JSON.parse(line.slice(NAME_LINE.length))
    return typeof name === 'string' ? name : null
  } catch {
    return null
  }
}

function partLines(facts: PartFacts): string[] {
  const { part, seal, receipts, annotations } = facts
  const holders = new Set(receipts.map((receipt) => hex(receipt.holder)))
  const voices = new Set(annotations.map(({ device }) => hex(device)))
  const said = `  said later ${count(annotations.length, 'annotation')}, from ${count(voices.size, 'device')}: not captured`
  const ended = seal === null ? 'no seal' : `sealed, ${seal.reason}, ${isoTime(seal.endedAtMs)}`
  return [
    `Part ${part}: ${mediaFile(part, facts.mime)}, ${excerpt(facts.mime)}`,
    `  recording ${keyText(facts.key)}`,
    `  author    ${keyText(facts.author)}`,
    `  started   ${isoTime(facts.startedAtMs)} by the author's clock`,
    `  lasts     ${clock(facts.seconds)}, ${count(facts.length, 'block')}`,
    `  end       ${ended}`,
    `  receipts  ${receipts.length}, from ${count(holders.size, 'device')}`,
    ...(annotations.length === 0 ? [] : [said]),
    ''
  ]
}

const FRENCH = `EN FRANÇAIS

Ce dossier contient un film et de quoi le vérifier sans nous, sans réseau et sans notre logiciel.

  media/        le film, octet pour octet tel qu'il a été capté, jamais réencodé
  log/          le journal signé dont le film est tiré : blocs, signature, clé, reçus
  annotations/  s'il existe : ce que des membres ont dit du film APRÈS coup, signé de chacun
  VERIFY.txt    comment vérifier, pas à pas
  verify.sh     les mêmes pas, en un script lisible
  SHA256SUMS    l'empreinte de chaque fichier

Ce qu'il prouve : ces octets, dans cet ordre, signés par cette clé, existaient avant les reçus des
autres appareils. Un octet changé, un bloc retiré, ajouté ou déplacé se voit.

Ce qu'il ne prouve pas : que la scène est vraie, que la caméra ne filmait pas un écran, que le lieu
et l'heure donnés par l'appareil sont exacts, ni qui tenait l'appareil. Sans sceau à la fin, nul ne
peut dire d'après ce dossier si l'on a filmé plus longtemps.

Ce qui est dans annotations/ n'a pas été capté. C'est la parole de qui l'a signé, à la date de sa propre
horloge ; nul autre n'en répond.

Ce qu'il ne contient pas : les alarmes du cercle (une tentative d'effacer, un appareil qui s'est tu). Ce
sont des paroles de ses membres entre eux, sans signature propre qu'un tiers puisse vérifier.

Gardez ce dossier tel quel et travaillez sur une copie. Il contient la clé de lecture : qui le reçoit
voit tout le film, les lieux et les notes, et lit les clés des appareils cités.
`

const ENGLISH = `IN ENGLISH

This package holds a film and all it takes to check it without us, without a network and without our
software.

  media/        the film, byte for byte as captured; never encoded again
  log/          the signed log the film comes from: blocks, signature, key, receipts
  annotations/  if there is one: what members said of the film AFTERWARDS, each with their signature
  VERIFY.txt    how to check it, step by step
  verify.sh     the same steps as a script one can read
  SHA256SUMS    the fingerprint of every file

What it proves: these bytes, in this order, signed by this key, existed before the receipts of the
other devices. A changed byte, a block taken out, put in or moved shows.

What it does not prove: that the scene is true, that the camera was not pointed at a screen, that the
place and time the device gave are right, or who held the device. Where there is no seal at the end,
nobody can tell from this package whether more was filmed.

What is in annotations/ was not captured. It is the word of whoever signed it, dated by their own clock;
nobody else vouches for it.

What it does not hold: the circle's alarms (an attempt to erase, a device that fell silent). They are what
its members said among themselves, with no signature of their own that an outsider could check.

Keep this package as it is; work on a copy. It contains the key to read it: whoever gets it sees the
whole film, the places and notes, and reads the keys of the devices named in it.
`
