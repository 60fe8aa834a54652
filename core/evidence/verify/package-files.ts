// How a verifier sees a package: names, sizes, bytes. A folder, an upload in a browser and a test's
// memory all look like this.

export interface PackageFiles {
  /** Names of everything in the package that is not a folder, relative, with `/` between parts. */
  list(): Promise<string[]>
  /** Bytes of a file, or -1 where it is missing or not a regular file (a link, a device). */
  size(name: string): Promise<number>
  /** Up to `length` bytes from `offset`; fewer only where the file ends. */
  read(name: string, offset: number, length: number): Promise<Uint8Array>
}
