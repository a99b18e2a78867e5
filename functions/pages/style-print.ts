/**
 * On paper: the overview and other pages on A4 in landscape, the board on A3 in landscape, the page of a project as a
 * bulletin (通报) on A4 upright, without what is reached already, kept or folded away.
 */
export const printStyles = `@page{size:A4 landscape;margin:11mm}
@page board{size:A3 landscape;margin:10mm}
@page bulletin{size:A4 portrait;margin:12mm}
@media print{
:root{--ground:#fff;--paper:#fff;--ink:#000;--quiet:#444;--line:#bbb;--link:#000;--notice:#fff}
html{font-size:9.5pt;line-height:1.35;print-color-adjust:exact;-webkit-print-color-adjust:exact}
body,.overview,.print{max-width:none;padding:0}
body.print{page:board}
body.project{page:bulletin}
.banner nav,.skip,.path,.machine,.footer p:has(a),.project .footer,.print .footer,.filter a,#curl,.buttons,.unseen,.screen-only,.find,details,.project section:has(>#history){display:none}
.print-only{display:revert}
thead button::after{content:none}
.banner{padding:0 0 .3rem}
a{text-decoration:none}
h1{font-size:15pt}
h2{margin:.8rem 0 .3rem;break-after:avoid}
.headline{font-size:13pt;margin:.2rem 0 .4rem}
.columns{display:block}
.counts{grid-template-columns:repeat(8,1fr);gap:.25rem;margin:.5rem 0}
.counts a,.counts .none{padding:.2rem .4rem}
.counts b{font-size:13pt}
.facts{margin:.5rem 0;grid-template-columns:repeat(4,1fr)}
.project .facts{grid-template-columns:repeat(4,1fr)}
.facts div{padding:.25rem .5rem}
tr,.rules li,.history>li,figure,.legend div,.facts div,.week li{break-inside:avoid}
section:has(.dates),section:has(.board),section:has(.gaps){break-inside:avoid}
thead{display:table-header-group}
th,td,.projects td,.projects th{padding:.18rem .4rem}
.bar{margin:.2rem 0 .15rem}
.print h2{margin:.4rem 0 .15rem}
.print .facts{margin:.2rem 0}
.print .projects{font-size:7.5pt}
.print .projects td,.print .projects th{padding:.1rem .4rem}
.print .projects th small,.print .projects .light{display:inline;margin:0 0 0 .5em}
.print .projects .bar{margin:.25rem .5rem .1rem 0;width:6rem;display:inline-block}
.scroll{overflow:visible;border:0}
.rules li{padding:.25rem .5rem;margin-bottom:.2rem}
.milestones{font-size:7.5pt}
.milestones td{white-space:normal}
.milestones th[scope=row]{position:static;min-width:0}
.milestones td:last-child{min-width:0}
.project .milestones .done,.project .milestones tbody:not(:has(tr:not(.phase,.done))){display:none}
.chart .scroll svg{min-width:0;max-height:150mm}
.print .chart .scroll svg{max-height:68mm}
figcaption{padding:.1rem 0;font-size:7.5pt}
.legend dl{grid-template-columns:repeat(4,1fr);font-size:8pt}
.footer{margin-top:.5rem;padding-top:.25rem}
}`
