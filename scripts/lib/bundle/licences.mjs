// The licences of the packages whose code is in a joined file: they ask to go where the code goes.

import fs from 'node:fs'
import path from 'node:path'
import { root } from '../say.mjs'

const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//
const TEXT = /^(licen[cs]e|notice|copying)/i

/**
 * @param {string[]} inputs files that were joined, named from the root
 * @returns {string} each licence text once, below the packages that it is of
 * @throws where a package has none
 */
export function licencesOf(inputs) {
  const folders = inputs.map((file) => PACKAGE.exec(file)?.[1]).filter(Boolean)
  const namesOf = new Map()
  for (const { name, text } of [...new Set(folders)].sort().map(licenceOf)) {
    namesOf.set(text, [...(namesOf.get(text) ?? []), name])
  }
  return [...namesOf].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`).join('\n')
}

function licenceOf(folder) {
  const at = (name) => path.join(root, folder, name)
  const about = JSON.parse(fs.readFileSync(at('package.json'), 'utf8'))
  const { name, version, license, author } = about
  const texts = fs.readdirSync(at('.')).filter((file) => TEXT.test(file))
  if (texts.length === 0 && !license) throw new Error(`${folder} has no licence`)
  const by = author?.name ?? author
  return {
    name: `${name} ${version}: ${license}${by ? `, by ${by}` : ''}`,
    text: texts.map((file) => fs.readFileSync(at(file), 'utf8').trim()).join('\n\n')
  }
}
