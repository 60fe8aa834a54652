// The version of this software, told in every recording's header. Kept equal to package.json by a test.

export const VERSION = '0.1.0'
