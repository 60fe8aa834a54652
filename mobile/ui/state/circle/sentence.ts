// A sentence that is still to be said in somebody's language: the key of its words and what goes in.
// Pure parts of the screens decide *which* sentence; the words are in `words/`, a file per language.

export interface Sentence {
  key: string
  values?: Record<string, string | number>
}
