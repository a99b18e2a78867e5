/**
 * `assets/site.js`: greys a page whose data are more than 48 hours old, counted from the end of the data date in
 * China (UTC+8), and says so. Pages on a demonstration clock carry no data date for it. Without script nothing is lost.
 */
export const siteScript = `(() => {
'use strict'
const { dataDate } = document.body.dataset
if (!dataDate) return
const [year, month, day] = dataDate.split('-').map(Number)
const ended = Date.UTC(year, month - 1, day + 1) - 8 * 3600000
if (Date.now() - ended <= 48 * 3600000) return
document.body.classList.add('old')
for (const note of document.querySelectorAll('.outdated')) note.hidden = false
})()
`
