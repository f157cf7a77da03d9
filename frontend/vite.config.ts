import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'
import { notices } from './tools/notices'

const api = process.env['ISNAD_API'] ?? 'http://127.0.0.1:8765'

export default defineConfig({
  plugins: [svelte(), notices()],
  build: {
    outDir: '../src/isnad/web/static',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // the policy `default-src 'self'` allows no data: fonts
    modulePreload: { polyfill: false }, // the polyfill would be an inline script
    manifest: true, // tools/size.mjs reads which files the first view loads
    chunkSizeWarningLimit: 1500,
  },
  worker: { format: 'es' },
  server: { host: '127.0.0.1', proxy: { '/api': api } },
})
