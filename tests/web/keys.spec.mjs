// Everything from the keyboard; a letter inside a field is a letter.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { clean, explore, launch, listed, open, settled, visit } from './desk.mjs'

let browser
before(async () => { browser = await launch() })
after(() => browser.close())

test('keys go to every screen, turn the language and the colours, and tell about themselves', async () => {
  const page = await open(browser, { lang: 'ar', theme: 'light' })
  await explore(page)
  for (const [key, path] of [['2', '/search'], ['3', '/review'], ['4', '/sources'], ['5', '/log'], ['6', '/imports'], ['7', '/settings'], ['1', '/']]) {
    await page.keyboard.press(key)
    await page.waitForURL((url) => url.pathname === path)
    await page.locator('#main h1').waitFor({ state: 'attached' })
    await page.evaluate(() => document.activeElement.blur()) // the search screen puts the cursor into its field
  }
  await page.keyboard.press('l')
  await page.locator('html[lang=en]').waitFor()
  assert.equal(await page.locator('body').getAttribute('dir'), 'ltr')
  await page.keyboard.press('t')
  await page.locator('html[data-theme=dark]').waitFor()
  await page.keyboard.press('?')
  await page.locator('dialog[open]').waitFor()
  await page.keyboard.press('2')
  assert.equal(new URL(page.url()).pathname, '/', 'behind an open dialog keys do nothing')
  await page.keyboard.press('Escape')
  await page.locator('dialog[open]').waitFor({ state: 'detached' }).catch(() => undefined)
  assert.equal(await page.locator('dialog[open]').count(), 0)
  await page.reload()
  assert.equal(await page.locator('html').getAttribute('lang'), 'en', 'the wish is kept')
  clean(page)
  await page.context().close()
})

test('on an Arabic keyboard the keys are known by their place', async () => {
  const page = await open(browser, { lang: 'ar' })
  await explore(page)
  await page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'م', code: 'KeyL', bubbles: true, cancelable: true })))
  await page.locator('html[lang=en]').waitFor()
  await page.context().close()
})

test('letters inside a field are letters', async () => {
  const page = await open(browser, { lang: 'ar' })
  await explore(page)
  await page.keyboard.press('/')
  await page.keyboard.type('l2x?')
  assert.equal(await page.locator('#filter-q').inputValue(), 'l2x?')
  assert.equal(new URL(page.url()).pathname, '/')
  assert.equal(await page.locator('html').getAttribute('lang'), 'ar')
  await page.context().close()
})

test('J and K move in the list, O opens, and the browser goes back to the same view', async () => {
  const page = await open(browser)
  await explore(page)
  const rows = await listed(page)
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  assert.equal(await page.locator('[aria-current=true][data-row]').getAttribute('data-row'), rows[0])
  await page.keyboard.press('o')
  await page.waitForURL(/\/incidents\//)
  await page.locator('[data-claims]').waitFor()
  await page.goBack()
  await settled(page)
  assert.equal(await page.locator('[aria-current=true][data-row]').getAttribute('data-row'), rows[0])
  await page.context().close()
})

test('a key can be changed, is taken from what had it, and can be given back', async () => {
  const page = await open(browser, { lang: 'en' })
  await visit(page, '/settings')
  await page.locator('[data-bind=review]').click()
  await page.keyboard.press('g')
  await page.locator('[data-bind=review] kbd', { hasText: 'g' }).waitFor()
  await page.keyboard.press('g')
  await page.waitForURL((url) => url.pathname === '/review')
  await visit(page, '/settings')
  await page.keyboard.press('3')
  assert.equal(new URL(page.url()).pathname, '/settings', 'the old key does nothing now')
  await page.getByRole('button', { name: 'Reset the keys' }).click()
  await page.keyboard.press('3')
  await page.waitForURL((url) => url.pathname === '/review')
  await page.context().close()
})

test('the whole page is reached by Tab with a visible focus, and the first stop skips to the content', async () => {
  const page = await open(browser, { lang: 'ar' })
  await explore(page)
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), '#main')
  const seen = new Set()
  for (let n = 0; n < 60; n++) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => {
      const one = document.activeElement
      const style = getComputedStyle(one)
      return { name: one.id || one.getAttribute('data-act') || one.getAttribute('aria-label') || one.textContent.trim().slice(0, 20), ring: style.outlineStyle !== 'none' || one.tagName === 'CANVAS' || one.tagName === 'rect' }
    })
    seen.add(at.name)
    assert.ok(at.ring, `focus is seen on ${at.name}`)
  }
  for (const name of ['filter-q', 'filter-from']) assert.ok(seen.has(name), name)
  await page.context().close()
})
