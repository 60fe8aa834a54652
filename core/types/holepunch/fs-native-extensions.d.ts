declare module 'fs-native-extensions' {
  const ext: {
    /** Takes an exclusive lock on an open file, or returns false where another process has it. */
    tryLock(fd: number): boolean
    unlock(fd: number): void
  }
  export default ext
}
