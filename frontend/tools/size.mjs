// How much JavaScript the first view needs before it stands there: the entry and what it imports, gzipped.  Fails above the limit.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const LIMIT = 400_000
const STATIC = fileURLToPath(new URL('../../src/isnad/web/static/', import.meta.url))
const manifest = JSON.parse(readFileSync(`${STATIC}.vite/manifest.json`, 'utf8'))
const size = (file) => gzipSync(readFileSync(STATIC + file), { level: 9 }).length

function needed(key, seen = new Set()) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const other of manifest[key].imports ?? []) needed(other, seen)
  return seen
}
const total = (keys) => [...keys].map((key) => manifest[key].file).filter((file) => file.endsWith('.js')).reduce((sum, file) => sum + size(file), 0)

const first = total(needed('index.html'))
const withMap = total(needed('src/explore/map.ts', needed('index.html')))
console.log(`first JavaScript ${(first / 1000).toFixed(1)} kB gzipped; with the map ${(withMap / 1000).toFixed(1)} kB; limit ${LIMIT / 1000} kB`)
if (withMap > LIMIT) process.exit(1)
