// The words of the page: the same keys in both languages, six plural forms in Arabic, no key used that is not there.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'

const SRC = fileURLToPath(new URL('../../frontend/src/', import.meta.url))
const read = (name) => JSON.parse(readFileSync(`${SRC}messages/${name}.json`, 'utf8'))
const [ar, en] = [read('ar'), read('en')]
const sources = readdirSync(SRC, { recursive: true }).filter((name) => /\.(svelte|ts)$/.test(name)).map((name) => [name, readFileSync(SRC + name, 'utf8')])

test('both languages have the same keys', () => assert.deepEqual(Object.keys(ar).sort(), Object.keys(en).sort()))

test('a message has the same values in both languages', () => {
  const values = (text) => [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name))].filter((name) => /^[a-z]+$/.test(name) && name.length < 12)
  for (const key of Object.keys(ar)) {
    const named = (text) => [...text.matchAll(/\{(\w+)(?:\}|, plural)/g)].map(([, name]) => name)
    assert.deepEqual([...new Set(named(ar[key]))].sort(), [...new Set(named(en[key]))].sort(), `${key} ${values(ar[key])}`)
  }
})

test('every Arabic plural has its six forms', () => {
  for (const [key, text] of Object.entries(ar)) {
    if (!en[key].includes(', plural,')) continue
    const plurals = text.split(', plural,').length - 1
    for (const form of ['zero', 'one', 'two', 'few', 'many', 'other']) assert.equal(text.split(`${form} {`).length - 1, plurals, `${key}: ${form}`)
  }
})

test('every key that the sources name is there', () => {
  const missing = []
  for (const [name, text] of sources) for (const [, key] of text.matchAll(/\bt\('([a-z.-]+)'/g)) if (!(key in ar)) missing.push(`${name}: ${key}`)
  assert.deepEqual(missing, [])
})

test('no source puts text from outside in as HTML, or names a side of the screen by left and right', () => {
  for (const [name, text] of sources) {
    assert.ok(!text.includes('{@html'), name)
    assert.ok(!/innerHTML|insertAdjacentHTML|document\.write/.test(text), name)
    for (const [, style] of text.matchAll(/<style>([\s\S]*?)<\/style>/g)) assert.ok(!/(margin|padding|border|inset)-(left|right)|[^-]\b(left|right):|text-align: *(left|right)|letter-spacing|font-style: *italic/.test(style), name)
  }
})
