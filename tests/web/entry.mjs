// The one-time link (test_page.py gives it): it lets one browser in, another finds the door and reads nothing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { axe, clean, launch, open, settled, visit } from './desk.mjs'

test('the link lets one browser in; a second one is shown the door, reads nothing, and decides nothing', async () => {
  const browser = await launch()
  const page = await open(browser, { lang: 'en' })
  await page.goto(process.env.ISNAD_TEST_LINK)
  await settled(page)
  assert.equal(new URL(page.url()).pathname, '/')
  await page.locator('[data-list] [data-row] a').first().click()
  await page.locator('[data-claims]').waitFor()
  await page.locator('[data-act=accept]').click()
  await page.locator('.notice', { hasText: 'Accepted' }).waitFor() // the token against forged requests went along
  clean(page)
  const other = await open(browser, { lang: 'en' })
  await visit(other, '/')
  await other.locator('h1', { hasText: 'Sign in' }).waitFor()
  assert.equal(await other.locator('.explore').count(), 0)
  assert.deepEqual(await axe(other), [])
  const status = await other.evaluate(async () => (await fetch('/api/v1/incidents')).status)
  assert.equal(status, 401)
  await other.goto(process.env.ISNAD_TEST_LINK)
  assert.notEqual((await other.context().cookies()).length, 1, 'the used link gives no session')
  await browser.close()
})
