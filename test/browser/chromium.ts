import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

/** Where the browser is unpacked once; a browser that lies in the common temporary folder is somebody else's. */
const unpacked = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'chromium')

/**
 * Chromium from the npm package, with the libraries that the package brings for machines that have none. Its own flags
 * are for Lambda: some of them switch off what is under test here.
 */
export const launchChromium = async (): Promise<Browser> => {
  mkdirSync(unpacked, { recursive: true })
  const temporary = process.env.TMPDIR
  process.env.TMPDIR = unpacked
  // The package unpacks its libraries only where it believes itself on Lambda.
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs24.x'
  try {
    const { default: pack } = await import('@sparticuz/chromium')
    const executablePath = await pack.executablePath()
    return await chromium.launch({
      executablePath,
      env: { ...process.env, FONTCONFIG_PATH: undefined, FONTCONFIG_FILE: writeFontConfig() },
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync']
    })
  } finally {
    delete process.env.AWS_LAMBDA_JS_RUNTIME
    if (temporary === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = temporary
  }
}

/** The package's own configuration looks in folders of Lambda only; a browser that finds no font at all crashes. */
const writeFontConfig = (): string => {
  const file = join(unpacked, 'fonts.conf')
  const folders = [join(unpacked, 'fonts'), '/usr/share/fonts'].map(folder => `<dir>${folder}</dir>`).join('')
  const cache = `<cachedir>${join(unpacked, 'fonts-cache')}</cachedir>`
  writeFileSync(file, `<?xml version="1.0"?><fontconfig>${folders}${cache}</fontconfig>`)
  return file
}
